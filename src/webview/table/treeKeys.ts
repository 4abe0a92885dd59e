import * as l10n from '@vscode/l10n';
import type { Session } from '../state/session';
import type { GridPosition } from './moves';
import type { GridState } from './useGridState';
import { parentRow } from './useTree';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Left and right in the column of the tree fold and unfold, and lead to the row above (ARIA Authoring Practices,
 * treegrid). With Ctrl they go to the next cell, as everywhere else. Gives the new place, which may be the same; null
 * when the key means something else.
 */
export function treeMove(event: Key, at: GridPosition, state: GridState, session: Session): GridPosition | null {
  const { tree, treeColumn, order } = state;
  if (tree === null || at.row < 0 || at.column !== treeColumn) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const row = order[at.row];
  if (row === undefined) return null;
  const fold = (expand: boolean): GridPosition => {
    tree.setExpanded(row, expand);
    session.announce(expand ? l10n.t('Row expanded') : l10n.t('Row collapsed'));
    return at;
  };
  const isExpanded = tree.isExpanded(row);
  if (event.key === 'ArrowRight') return isExpanded === false ? fold(true) : null;
  if (event.key !== 'ArrowLeft') return null;
  if (isExpanded === true) return fold(false);
  const parent = parentRow(tree, row);
  return parent === null ? null : { row: order.indexOf(parent), column: at.column };
}
