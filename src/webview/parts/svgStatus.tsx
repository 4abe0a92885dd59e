import { statusWord } from '../../report/format';
import type { Status } from '../../report/model';

/** The codicons of the statuses as characters, since a picture has no pseudo-elements. */
const GLYPHS: Readonly<Record<Status, string>> = {
  ok: '\uebb3',
  info: '\uea74',
  warning: '\uea6c',
  error: '\uea87',
  unknown: '\ueb32',
};

export function SvgStatus({ status, x, y }: { status: Status; x: number; y: number }) {
  return (
    <text
      class={`svg-icon status-${status}`}
      x={x}
      y={y}
      dominant-baseline="central"
      role="img"
      aria-label={statusWord(status)}
    >
      {GLYPHS[status]}
    </text>
  );
}
