import type { Cell, Column } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { Icon } from '../parts/icon';
import { cellId } from './cellIds';
import type { ColumnWidth } from './columnWidths';
import { type Branch, Row } from './row';
import type { GridState } from './useGridState';
import { parentRow, type TreeState } from './useTree';
import type { RowWindow } from './useRowWindow';

export interface GridProps {
  readonly id: string;
  readonly state: GridState;
  readonly window: RowWindow;
  /** Rows of one line, cut where they are too long; else texts wrap. */
  readonly isDense: boolean;
  /** One for each shown column. */
  readonly widths: readonly ColumnWidth[];
}

/** Narrowest that a wrapping text column gets before the table scrolls sideways, in characters. */
const WRAPS_FROM = 22;
/** Some letters are wider than the digit that is the measure, in characters. */
const SPARE_WIDTH = 1;
/** Both sides, as table.css has it. */
const CELL_PADDING_PX = 20;
const NO_CELLS: readonly Cell[] = [];
const NO_WIDTH: ColumnWidth = { text: 0, dense: 0, indentPx: 0 };

/** The rows inside the scroll area; roles are explicit because the area itself is the grid. */
export function Grid(props: GridProps) {
  const { state, window, isDense, widths } = props;
  const { columns } = state;
  const hasMenus = state.block.menu !== undefined;
  return (
    <table
      role="presentation"
      onMouseOver={tellWhole}
      class={isDense ? 'grid grid-dense' : 'grid'}
      style={isDense ? { minWidth: `calc(${widths.map(denseWidth).join(' + ')})` } : {}}
    >
      {isDense ? (
        <colgroup>
          {columns.map(({ column }, index) => (
            <col key={column.id} style={{ width: `calc(${denseWidth(widths[index] ?? NO_WIDTH)})` }} />
          ))}
          {hasMenus ? <col class="row-menu-column" /> : null}
        </colgroup>
      ) : null}
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {columns.map(({ column }, index) => (
            <Heading key={column.id} grid={props} column={column} index={index} />
          ))}
          {hasMenus ? <th class="row-menu" aria-hidden="true" /> : null}
        </tr>
      </thead>
      <Space heightPx={window.beforePx} />
      <tbody role="rowgroup">{rowsOf(props)}</tbody>
      <Space heightPx={window.afterPx} />
    </table>
  );
}

/** Of a column that does not wrap, as CSS. */
function denseWidth({ dense, indentPx }: ColumnWidth): string {
  return `${dense + SPARE_WIDTH}ch + ${CELL_PADDING_PX + indentPx}px`;
}

/** A text that is cut off can be read whole under the pointer. */
function tellWhole({ target }: MouseEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[role=gridcell]') : null;
  if (cell !== null) cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : '';
}

function rowsOf({ id, state, window }: GridProps) {
  const { block, columns, order, active, tree, treeColumn } = state;
  const seen = new Set<string>();
  return Array.from({ length: Math.max(0, window.end - window.start) }, (_none, index) => {
    const position = window.start + index;
    const row = order[position] ?? 0;
    const ownKey = state.keyOf(row);
    // Two rows with one key are a fault of the tool; both are drawn all the same.
    const rowKey = seen.has(ownKey) ? `${ownKey} ${position}` : ownKey;
    seen.add(rowKey);
    return (
      <Row
        key={rowKey}
        gridId={id}
        columns={columns}
        cells={block.rows[row] ?? NO_CELLS}
        rowKey={rowKey}
        position={position}
        activeColumn={active?.row === position ? active.column : null}
        branch={tree === null ? null : branchOf(tree, row)}
        treeColumn={treeColumn}
        hasMenu={block.menu === undefined ? undefined : (block.menu.inputs[row] ?? null) !== null}
      />
    );
  });
}

function branchOf(tree: TreeState, row: number): Branch {
  const parent = parentRow(tree, row);
  return {
    depth: tree.depths[row] ?? 0,
    isExpanded: tree.isExpanded(row),
    place: tree.places[row] ?? 1,
    siblings: parent === null ? tree.rootCount : (tree.childCounts[parent] ?? 1),
    isDimmed: tree.isDimmed(row),
  };
}

interface HeadingProps {
  readonly grid: GridProps;
  readonly column: Column;
  readonly index: number;
}

function Heading({ grid, column, index }: HeadingProps) {
  const { sort, active, toggleSort } = grid.state;
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const { text, indentPx } = grid.widths[index] ?? NO_WIDTH;
  const minWidth = `calc(${column.unit === undefined ? Math.min(text, WRAPS_FROM) : text}ch + ${CELL_PADDING_PX + indentPx}px)`;
  const description = column.description === undefined ? undefined : visibleLine(column.description);
  return (
    <th
      role="columnheader"
      scope="col"
      id={cellId(grid.id, null, column.id)}
      class={`${column.unit === undefined ? '' : 'numeric '}${active?.row === -1 && active.column === index ? 'active' : ''}`}
      style={grid.isDense ? {} : { minWidth }}
      aria-colindex={index + 1}
      aria-sort={direction ?? 'none'}
      title={description}
      data-row={-1}
      data-column={index}
    >
      <button
        type="button"
        class="sort-button"
        tabIndex={-1}
        aria-description={description}
        onClick={() => toggleSort(column.id)}
      >
        <span class={description === undefined ? '' : 'explained'}>{visibleLine(column.title)}</span>
        <Icon
          name={direction === 'descending' ? 'arrow-down' : 'arrow-up'}
          className={direction === undefined ? 'sort-mark' : 'sort-mark sorted'}
        />
      </button>
    </th>
  );
}

/** Keeps the place of rows that are not in the document; it must exist at any height, or rows would be made anew. */
function Space({ heightPx }: { heightPx: number }) {
  return (
    <tbody aria-hidden="true" class="space">
      <tr style={{ height: `${heightPx}px` }} />
    </tbody>
  );
}
