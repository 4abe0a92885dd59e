import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../report/plainText';
import type { MenuItem } from '../parts/menu';
import { type GridActions, mainAction } from './gridActions';
import type { GridState } from './useGridState';

/** What the context menu of a table offers for one place in it. */
export function gridMenuItems(state: GridState, actions: GridActions): readonly MenuItem[] {
  const { block, tree } = state;
  const main = mainAction(actions);
  const item = (label: string, run: (() => void) | null, group = false): readonly MenuItem[] =>
    run === null ? [] : [{ label, run, group, ...(run === main ? { keys: 'Enter' } : {}) }];
  const ofRow = actions.rowActions.flatMap((run, index) => {
    const action = block.menu?.actions[index];
    return action === undefined ? [] : item(visibleLine(action.label), run, action.group);
  });
  const first = [...item(l10n.t('Open'), actions.openCell), ...item(l10n.t('Sort'), actions.sort), ...ofRow];
  return [
    ...first,
    ...copyItems(actions, first.length > 0),
    ...(tree === null
      ? []
      : [...item(l10n.t('Expand All'), tree.expandAll, true), ...item(l10n.t('Collapse All'), tree.collapseAll)]),
  ];
}

function copyItems(actions: GridActions, group: boolean): readonly MenuItem[] {
  const isMac = navigator.platform.startsWith('Mac');
  return [
    { label: l10n.t('Copy Cell'), keys: isMac ? '⌘C' : 'Ctrl+C', run: actions.copyCell, group },
    { label: l10n.t('Copy Row'), keys: isMac ? '⇧⌘C' : 'Ctrl+Shift+C', run: actions.copyRow },
    { label: l10n.t('Copy Table'), run: actions.copyTable },
  ];
}
