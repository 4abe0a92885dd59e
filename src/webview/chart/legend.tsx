import type { SeriesBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { useSession } from '../state/context';
import { colourOf, dashOf, useChartTheme } from './theme';

/** Each line's stroke as it is drawn, its name, and its value at one time. */
export function Legend({ block, index }: { block: SeriesBlock; index: number }) {
  const { format } = useSession();
  const theme = useChartTheme();
  return (
    <ul class="legend">
      {block.lines.map((line, position) => (
        <li key={`${line.label} ${position}`}>
          <svg class="legend-stroke" width="20" height="8" aria-hidden="true">
            <line
              x1="0"
              y1="4"
              x2="20"
              y2="4"
              stroke={colourOf(theme, position)}
              stroke-width="2"
              stroke-dasharray={dashOf(position).join(' ')}
            />
          </svg>
          <span class="legend-label">{visibleLine(line.label)}</span>
          <span class="legend-value">{format.cell(line.values[index] ?? null, block.unit)}</span>
        </li>
      ))}
    </ul>
  );
}
