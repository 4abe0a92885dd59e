import { geoNaturalEarth1, type GeoGeometryObjects, type GeoProjection } from 'd3-geo';
import { clamp } from './numbers';

/** In degrees, as GeoJSON has it. */
export type Position = readonly [longitude: number, latitude: number];

const MARGIN = 48;
/** Height by width of the whole world in this projection. */
const WORLD_ASPECT = 0.52;
/** Below this many degrees the coarse coast would be a few corners. */
const MIN_SPAN_DEGREES = 36;
/** Places further apart than this are shown on the whole world. */
const MAX_SPAN_DEGREES = 150;

/** Where to look: at the region of the places, or at the whole world when they are spread or single. */
export function viewOf(
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
  const places = positions.map((position): GeoGeometryObjects => ({ type: 'Point', coordinates: [...position] }));
  const degreesWide = 2 * half * Math.cos((((least + most) / 2) * Math.PI) / 180);
  const height = Math.round(width * clamp((most - least) / Math.max(degreesWide, 1), 0.4, 0.6));
  projection
    .rotate([-span.center, 0])
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [width - MARGIN, height - MARGIN],
      ],
      { type: 'GeometryCollection', geometries: [frame, ...places, ...arcs] },
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
