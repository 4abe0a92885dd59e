import { geoInterpolate, geoNaturalEarth1, geoPath, type GeoGeometryObjects, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import worldTopology from 'world-atlas/land-110m.json';
import type { MapBlock, Place, PlaceLine } from '../model';
import { cutToWidth } from '../textWidth';
import { placeLabels, type LabelSpot } from './labels';
import { clamp, tenth } from './numbers';

export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** For the svg's viewBox attribute. */
  readonly viewBox: string;
  /** SVG path data of all land in view (Natural Earth, 1:110m). */
  readonly landPath: string;
  readonly graticulePath: string;
  /** Those with a real position, in the block's order. */
  readonly places: readonly DrawnPlace[];
  /** Great circles between places that are drawn. */
  readonly lines: readonly DrawnPlaceLine[];
}

export interface DrawnPlace {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  /** Null where no free spot was found: the text then stands in the tooltip and the table only. */
  readonly label: (LabelSpot & { readonly text: string }) | null;
}

export interface DrawnPlaceLine {
  readonly line: PlaceLine;
  readonly path: string;
}

type Position = readonly [longitude: number, latitude: number];

const MARGIN = 48;
const MAX_LABEL_COLUMNS = 28;
/** Height by width of the whole world in this projection. */
const WORLD_ASPECT = 0.52;
/** Below this many degrees the coarse coast would be a few corners. */
const MIN_SPAN_DEGREES = 36;
/** Places further apart than this are shown on the whole world. */
const MAX_SPAN_DEGREES = 150;

/** A map in pixels, as large as its places ask for: a region, or the whole world when they are spread or single. */
export function projectMap(block: MapBlock, width: number): MapDrawing {
  const places = block.places.filter(isReal);
  const positions = new Map(places.map((place): [string, Position] => [place.id, [place.longitude, place.latitude]]));
  const lines = block.lines.flatMap((line) => {
    const from = positions.get(line.from);
    const to = positions.get(line.to);
    return from === undefined || to === undefined ? [] : [{ line, from, to, arc: arcBetween(from, to) }];
  });
  const { projection, height } = viewOf(
    [...positions.values()],
    lines.map(({ arc }) => arc),
    width,
  );
  const path = geoPath(projection).digits(1);
  const points = places.map((place) => pointOf(place, projection));
  const texts = places.map((place) => cutToWidth(place.label, MAX_LABEL_COLUMNS));
  const labels = placeLabels(
    points.map((point, index) => ({ ...point, text: texts[index] ?? '' })),
    lines.flatMap(({ from, to }) => pointsOnArc(from, to, projection)),
    width,
    height,
  );
  return {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    landPath: path(land()) ?? '',
    graticulePath: path(graticule()) ?? '',
    places: places.map((place, index) => {
      const spot = labels[index] ?? null;
      return {
        place,
        ...(points[index] ?? { x: 0, y: 0 }),
        label: spot === null ? null : { ...spot, text: texts[index] ?? '' },
      };
    }),
    lines: lines.map(({ line, arc }) => ({ line, path: path(arc) ?? '' })),
  };
}

function isReal({ latitude, longitude }: Place): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function arcBetween(from: Position, to: Position): GeoGeometryObjects {
  return { type: 'LineString', coordinates: [[...from], [...to]] };
}

/** So many that no label fits between two of them on a line of usual length. */
const ARC_STEPS = 48;

function pointsOnArc(from: Position, to: Position, projection: GeoProjection): readonly (readonly [number, number])[] {
  const along = geoInterpolate([...from], [...to]);
  return Array.from({ length: ARC_STEPS + 1 }, (_, step) => projection(along(step / ARC_STEPS)) ?? [0, 0]);
}

function viewOf(
  positions: readonly Position[],
  arcs: readonly GeoGeometryObjects[],
  width: number,
): { readonly projection: GeoProjection; readonly height: number } {
  const span = longitudeSpan(positions.map(([longitude]) => longitude));
  const latitudes = positions.map(([, latitude]) => latitude);
  const south = latitudes.reduce((a, b) => Math.min(a, b), 90);
  const north = latitudes.reduce((a, b) => Math.max(a, b), -90);
  const projection = geoNaturalEarth1();
  if (positions.length < 2 || span.degrees > MAX_SPAN_DEGREES || (span.degrees === 0 && north === south)) {
    const height = Math.round(width * WORLD_ASPECT);
    projection
      .fitExtent(
        [
          [4, 4],
          [width - 4, height - 4],
        ],
        { type: 'Sphere' },
      )
      .clipExtent([
        [0, 0],
        [width, height],
      ]);
    return { projection, height };
  }
  const [least, most] = widened(south, north);
  const half = Math.max(span.degrees, MIN_SPAN_DEGREES) / 2;
  const frame: GeoGeometryObjects = {
    type: 'MultiPoint',
    coordinates: [
      [span.center - half, least],
      [span.center + half, most],
    ],
  };
  const degreesWide = 2 * half * Math.cos((((least + most) / 2) * Math.PI) / 180);
  const height = Math.round(width * clamp((most - least) / Math.max(degreesWide, 1), 0.4, 0.6));
  projection
    .rotate([-span.center, 0])
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [width - MARGIN, height - MARGIN],
      ],
      { type: 'GeometryCollection', geometries: [frame, ...arcs] },
    )
    .clipExtent([
      [0, 0],
      [width, height],
    ]);
  return { projection, height };
}

function widened(south: number, north: number): readonly [number, number] {
  const half = Math.max(north - south, MIN_SPAN_DEGREES / 2) / 2;
  const center = clamp((south + north) / 2, half - 90, 90 - half);
  return [center - half, center + half];
}

/** The smallest arc of longitudes that holds all: the complement of the largest gap between neighbours. */
function longitudeSpan(longitudes: readonly number[]): { readonly center: number; readonly degrees: number } {
  const sorted = longitudes.toSorted((a, b) => a - b);
  let gap = -1;
  let start = 0;
  sorted.forEach((longitude, index) => {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + 360;
    if (next - longitude > gap) {
      gap = next - longitude;
      start = next;
    }
  });
  const degrees = sorted.length === 0 ? 0 : 360 - gap;
  return { center: start + degrees / 2, degrees };
}

function pointOf(place: Place, projection: GeoProjection): { readonly x: number; readonly y: number } {
  const [x, y] = projection([place.longitude, place.latitude]) ?? [0, 0];
  return { x: tenth(x), y: tenth(y) };
}

function land(): ReturnType<typeof feature> {
  // The types of JSON modules know no tuples and no literals.
  const topology = worldTopology as unknown as Topology<{ readonly land: GeometryCollection }>;
  return feature(topology, topology.objects.land);
}

/** Every 30 degrees. */
function graticule(): GeoGeometryObjects {
  const meridians = Array.from({ length: 12 }, (_, index) =>
    Array.from({ length: 17 }, (__, step) => [index * 30 - 180, step * 10 - 80]),
  );
  const parallels = [-60, -30, 0, 30, 60].map((latitude) =>
    Array.from({ length: 73 }, (_, step) => [step * 5 - 180, latitude]),
  );
  return { type: 'MultiLineString', coordinates: [...meridians, ...parallels] };
}
