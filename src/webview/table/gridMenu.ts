import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../parts/menu';
import type { GridActions } from './gridKeys';
import type { GridState } from './useGridState';
import { FIRST_CELL } from './moves';

/** What the context menu of a table offers for its active cell. */
export function gridMenuItems(state: GridState, actions: GridActions): readonly MenuItem[] {
  const { block, order } = state;
  const at = state.active ?? FIRST_CELL;
  const cell = block.rows[order[at.row] ?? -1]?.[at.column] ?? null;
  const hasAction = cell !== null && typeof cell === 'object' && cell.action !== undefined;
  const isMac = navigator.platform.startsWith('Mac');
  return [
    ...(hasAction ? [{ label: l10n.t('Open'), keys: 'Enter', run: actions.enter }] : []),
    ...(at.row < 0 ? [{ label: l10n.t('Sort'), keys: 'Enter', run: actions.enter }] : []),
    { label: l10n.t('Copy Cell'), keys: isMac ? '⌘C' : 'Ctrl+C', run: actions.copyCell },
    { label: l10n.t('Copy Row'), keys: isMac ? '⇧⌘C' : 'Ctrl+Shift+C', run: actions.copyRow },
    { label: l10n.t('Copy Table'), run: actions.copyTable },
  ];
}
