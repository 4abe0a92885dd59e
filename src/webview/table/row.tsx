import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { Cell } from '../../report/model';
import { CellView } from '../parts/cell';
import { Icon } from '../parts/icon';
import { cellId } from './cellIds';
import { Indent, indentPx } from './indent';
import type { ShownColumn } from './shownColumns';

/** Where a row stands in a tree. */
export interface Branch {
  readonly depth: number;
  /** null: there is nothing below it. */
  readonly isExpanded: boolean | null;
  /** From 1, among so many brothers and sisters. */
  readonly place: number;
  readonly siblings: number;
  readonly isDimmed: boolean;
}

interface RowProps {
  readonly gridId: string;
  readonly columns: readonly ShownColumn[];
  readonly cells: readonly Cell[];
  readonly rowKey: string;
  readonly position: number;
  /** null: the active cell is in another row. */
  readonly activeColumn: number | null;
  /** null in a plain list. */
  readonly branch: Branch | null;
  readonly treeColumn: number;
  /** undefined: no row of the table has a menu. */
  readonly hasMenu: boolean | undefined;
}

/** Made anew only when something in it changed: an arrow key touches two rows of five hundred. */
export function Row(props: RowProps) {
  const { gridId, columns, cells, rowKey, position, activeColumn, branch, treeColumn, hasMenu } = props;
  return useMemo(
    () => (
      <tr
        role="row"
        aria-rowindex={position + 2}
        aria-selected={activeColumn !== null}
        class={rowClass(activeColumn !== null, branch)}
        {...branchAttributes(branch)}
      >
        {columns.map((shown, index) => (
          <GridCell
            key={shown.column.id}
            id={cellId(gridId, rowKey, shown.column.id)}
            shown={shown}
            cell={cells[shown.at] ?? null}
            row={position}
            index={index}
            isActive={activeColumn === index}
            branch={index === treeColumn ? branch : null}
          />
        ))}
        {hasMenu === undefined ? null : <MenuCell row={position} hasMenu={hasMenu} />}
      </tr>
    ),
    [
      gridId,
      columns,
      cells,
      rowKey,
      position,
      activeColumn,
      treeColumn,
      hasMenu,
      branch?.depth,
      branch?.isExpanded,
      branch?.place,
      branch?.siblings,
      branch?.isDimmed,
    ],
  );
}

function rowClass(isActive: boolean, branch: Branch | null): string {
  return `${isActive ? 'selected' : ''}${branch?.isDimmed === true ? ' dimmed' : ''}`;
}

function branchAttributes(branch: Branch | null): Readonly<Record<string, number | boolean>> {
  if (branch === null) return {};
  return {
    'aria-level': branch.depth + 1,
    'aria-posinset': branch.place,
    'aria-setsize': branch.siblings,
    ...(branch.isExpanded === null ? {} : { 'aria-expanded': branch.isExpanded }),
  };
}

interface GridCellProps {
  readonly id: string;
  readonly shown: ShownColumn;
  readonly cell: Cell;
  readonly row: number;
  readonly index: number;
  readonly isActive: boolean;
  readonly branch: Branch | null;
}

function GridCell({ id, shown: { column }, cell, row, index, isActive, branch }: GridCellProps) {
  const look = `${column.unit === undefined ? 'textual' : 'numeric'}${column.code === true ? ' code' : ''}`;
  const padding = branch === null ? {} : { paddingLeft: `${indentPx(branch.depth) + CELL_PADDING_PX}px` };
  return (
    <td
      role="gridcell"
      id={id}
      class={`${look}${isActive ? ' active' : ''}${branch === null ? '' : ' branch'}`}
      style={padding}
      aria-colindex={index + 1}
      data-row={row}
      data-column={index}
    >
      {branch === null ? null : <Indent depth={branch.depth} isExpanded={branch.isExpanded} />}
      <CellView cell={cell} unit={column.unit} tabbable={false} />
    </td>
  );
}

/** As table.css has it. */
const CELL_PADDING_PX = 8;

/** For the pointer; keys have Shift+F10, which the table's description tells. */
function MenuCell({ row, hasMenu }: { row: number; hasMenu: boolean }) {
  return (
    <td class="row-menu" aria-hidden="true" data-row={row}>
      {hasMenu ? (
        <button type="button" class="row-menu-button" tabIndex={-1} title={l10n.t('More Actions')}>
          <Icon name="ellipsis" />
        </button>
      ) : null}
    </td>
  );
}
