import { visibleLine } from '../../report/plainText';
import type { Cell, RichCell, Unit } from '../../report/model';
import { useSession } from '../state/context';
import { StatusIcon } from './status';

interface CellProps {
  readonly cell: Cell;
  readonly unit: Unit | undefined;
  /** False inside a grid, which has one tab stop and runs the action with Enter. */
  readonly tabbable?: boolean;
}

/** One value: its status, a bar for its share, its text, and what it does when pressed. */
export function CellView({ cell, unit, tabbable = true }: CellProps) {
  const { format } = useSession();
  const text = visibleLine(format.cell(cell, unit));
  if (cell === null) return <span class="nothing">{text}</span>;
  return typeof cell === 'object' ? <RichCellView cell={cell} text={text} tabbable={tabbable} /> : <>{text}</>;
}

function RichCellView({ cell, text, tabbable }: { cell: RichCell; text: string; tabbable: boolean }) {
  return (
    <>
      {cell.status === undefined ? null : <StatusIcon status={cell.status} />}
      {cell.fraction === undefined ? null : <Meter fraction={cell.fraction} status={cell.status} />}
      {cell.action === undefined ? (
        <span class={cell.fraction === undefined ? '' : 'metered'}>{text}</span>
      ) : (
        <ActionLink index={cell.action} text={text} tabbable={tabbable} />
      )}
    </>
  );
}

function ActionLink({ index, text, tabbable }: { index: number; text: string; tabbable: boolean }) {
  const { post } = useSession();
  return (
    <button
      type="button"
      class="link-button"
      tabIndex={tabbable ? 0 : -1}
      onClick={() => post({ kind: 'action', index })}
    >
      {text}
    </button>
  );
}

/** The number beside it says the same; a screen reader hears only that. */
function Meter({ fraction, status }: { fraction: number; status: RichCell['status'] }) {
  const share = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0));
  return (
    <span class={`meter meter-${status ?? 'plain'}`} aria-hidden="true">
      <span class="meter-fill" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
