import * as l10n from '@vscode/l10n';
import { useMemo, useRef } from 'preact/hooks';
import { type DrawnPlace, type MapDrawing, projectMap } from '../../report/drawing/map';
import { statusWord } from '../../report/format';
import type { MapBlock, Place } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { placeLinesTable, placesTable } from '../../report/twins';
import { BlockTitle } from '../parts/blockTitle';
import { Twin } from '../parts/twin';
import { useWidth } from '../parts/useWidth';

const WIDEST_PX = 960;
/** Half the size of a place's mark. */
const RADIUS_PX = 5;

/** Places and the lines between them on the part of the world that holds them. */
export function MapBlockView({ block, path }: { block: MapBlock; path: string }) {
  const host = useRef<HTMLDivElement>(null);
  const width = Math.min(WIDEST_PX, useWidth(host));
  const drawing = useMemo(() => (width === 0 ? null : projectMap(block, width)), [block, width]);
  return (
    <section class="block">
      {block.title === undefined ? null : (
        <div class="block-head">
          <BlockTitle title={block.title} />
        </div>
      )}
      <div ref={host}>{drawing === null ? null : <MapSvg drawing={drawing} name={block.title ?? l10n.t('Map')} />}</div>
      <Twin path={path} title={block.title} tables={() => [placesTable(block), placeLinesTable(block)]} />
    </section>
  );
}

function MapSvg({ drawing, name }: { drawing: MapDrawing; name: string }) {
  return (
    <svg
      class="drawing map"
      width={drawing.width}
      height={drawing.height}
      viewBox={drawing.viewBox}
      role="group"
      aria-label={name}
    >
      <path class="graticule" d={drawing.graticulePath} />
      <path class="land" d={drawing.landPath} />
      {drawing.lines.map(({ line, path }, index) => (
        <path key={index} class={`place-line edge-${line.status ?? 'plain'}`} d={path} />
      ))}
      {drawing.places.map((place) => (
        <PlaceMark key={place.place.id} drawn={place} />
      ))}
    </svg>
  );
}

function PlaceMark({ drawn }: { drawn: DrawnPlace }) {
  const { place, label, x, y } = drawn;
  const name = placeName(place);
  return (
    <g class={`place node-${place.status ?? 'plain'}`} role="img" aria-label={name}>
      <title>{name}</title>
      <Mark place={place} x={x} y={y} />
      {label === null ? null : (
        <text class="place-label" x={label.x} y={label.y} text-anchor={label.anchor}>
          {visibleLine(label.text)}
        </text>
      )}
    </g>
  );
}

/** Each status has a shape of its own: square for a warning, diamond for an error, ring for unknown. */
function Mark({ place, x, y }: { place: Place; x: number; y: number }) {
  const r = RADIUS_PX;
  if (place.status === 'warning')
    return <rect class="mark" x={x - r + 1} y={y - r + 1} width={2 * r - 2} height={2 * r - 2} />;
  if (place.status === 'error')
    return <path class="mark" d={`M${x},${y - r - 1} l${r + 1},${r + 1} l${-r - 1},${r + 1} l${-r - 1},${-r - 1} z`} />;
  return <circle class={place.status === 'unknown' ? 'mark mark-ring' : 'mark'} cx={x} cy={y} r={r - 0.5} />;
}

function placeName(place: Place): string {
  const parts = [place.label, place.detail, place.status === undefined ? undefined : statusWord(place.status)];
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => visibleLine(part ?? ''))
    .join(', ');
}
