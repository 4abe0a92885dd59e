import { geoInterpolate, geoPath, type GeoGeometryObjects, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import worldTopology from 'world-atlas/land-110m.json';
import type { MapBlock, Place, PlaceLine } from '../model';
import { cutToWidth } from '../textWidth';
import { placeLabels, type LabelSpot } from './labels';
import { viewOf, type Position } from './mapView';
import { tenth } from './numbers';

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

const MAX_LABEL_COLUMNS = 28;
/** A map in pixels, as large as its places ask for: a region, or the whole world when they are spread or single. */
export function projectMap(block: MapBlock, width: number): MapDrawing {
  const places = block.places.filter(isReal);
  const positions = places.map(({ longitude, latitude }): Position => [longitude, latitude]);
  const byId = new Map(places.map(({ id }, index) => [id, positions[index]]));
  const lines = block.lines.flatMap((line) => {
    const from = byId.get(line.from);
    const to = byId.get(line.to);
    return from === undefined || to === undefined ? [] : [{ line, from, to, arc: arcBetween(from, to) }];
  });
  const { projection, height } = viewOf(
    positions,
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
