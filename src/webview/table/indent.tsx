import { Icon } from '../parts/icon';

const STEP_PX = 12;
/** For the mark that folds. */
const MARK_PX = 18;
/** Deeper rows stand no further to the right: the text must stay in sight. */
const DEEPEST = 20;

/** How far the text of a row stands from the left edge of its column. */
export function indentPx(depth: number): number {
  return Math.min(depth, DEEPEST) * STEP_PX + MARK_PX;
}

interface IndentProps {
  readonly depth: number;
  /** null: there is nothing to fold. */
  readonly isExpanded: boolean | null;
}

/** A line for each level above, and the mark that folds; the row itself tells both to a screen reader. */
export function Indent({ depth, isExpanded }: IndentProps) {
  return (
    <>
      <span class="tree-guides" aria-hidden="true" style={{ width: `${indentPx(depth) - MARK_PX}px` }} />
      {isExpanded === null ? null : (
        <span class="tree-mark" aria-hidden="true" style={{ left: `${indentPx(depth) - MARK_PX}px` }}>
          <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} />
        </span>
      )}
    </>
  );
}
