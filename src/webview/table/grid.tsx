import { useMemo } from 'preact/hooks';
import type { Cell, Column } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { CellView } from '../parts/cell';
import { Icon } from '../parts/icon';
import { idPart } from '../parts/ids';
import type { GridState } from './useGridState';
import type { RowWindow } from './useRowWindow';

export interface GridProps {
  readonly id: string;
  readonly state: GridState;
  readonly window: RowWindow;
  readonly isWindowed: boolean;
  /** In characters. */
  readonly widths: readonly number[];
}

/** Widest column of a table that does not wrap, in characters. */
const WIDEST = 56;
/** Narrowest that a wrapping text column gets before the table scrolls sideways, in characters. */
const WRAPS_FROM = 22;
const NO_CELLS: readonly Cell[] = [];

export function cellId(gridId: string, rowKey: string | null, column: string): string {
  return `${gridId}/${rowKey === null ? 'head' : `row-${idPart(rowKey)}`}/${idPart(column)}`;
}

/** The rows inside the scroll area; roles are explicit because the area itself is the grid. */
export function Grid(props: GridProps) {
  const { state, window, isWindowed, widths } = props;
  const { columns } = state.block;
  const total = widths.reduce((sum, width) => sum + Math.min(width, WIDEST) + 2, 0);
  return (
    <table
      role="presentation"
      onMouseOver={tellWhole}
      class={isWindowed ? 'grid grid-windowed' : 'grid'}
      style={isWindowed ? { minWidth: `${total}ch` } : {}}
    >
      {isWindowed ? (
        <colgroup>
          {columns.map((column, index) => (
            <col key={column.id} style={{ width: `${Math.min(widths[index] ?? 0, WIDEST) + 2}ch` }} />
          ))}
        </colgroup>
      ) : null}
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {columns.map((column, index) => (
            <Heading key={column.id} grid={props} column={column} index={index} />
          ))}
        </tr>
      </thead>
      <Space heightPx={window.beforePx} />
      <tbody role="rowgroup">{rowsOf(props)}</tbody>
      <Space heightPx={window.afterPx} />
    </table>
  );
}

/** A text that is cut off can be read whole under the pointer. */
function tellWhole({ target }: MouseEvent): void {
  const cell = target instanceof Element ? target.closest('td') : null;
  if (cell !== null) cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : '';
}

function rowsOf({ id, state, window }: GridProps) {
  const { block, order, active } = state;
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
        columns={block.columns}
        cells={block.rows[row] ?? NO_CELLS}
        rowKey={rowKey}
        position={position}
        activeColumn={active?.row === position ? active.column : null}
      />
    );
  });
}

interface HeadingProps {
  readonly grid: GridProps;
  readonly column: Column;
  readonly index: number;
}

function Heading({ grid, column, index }: HeadingProps) {
  const { sort, active, toggleSort } = grid.state;
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const width = grid.widths[index] ?? 0;
  const minWidth = `calc(${column.unit === undefined ? Math.min(width, WRAPS_FROM) : width}ch + 20px)`;
  const description = column.description === undefined ? undefined : visibleLine(column.description);
  return (
    <th
      role="columnheader"
      scope="col"
      id={cellId(grid.id, null, column.id)}
      class={`${column.unit === undefined ? '' : 'numeric '}${active?.row === -1 && active.column === index ? 'active' : ''}`}
      style={grid.isWindowed ? {} : { minWidth }}
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

interface RowProps {
  readonly gridId: string;
  readonly columns: readonly Column[];
  readonly cells: readonly Cell[];
  readonly rowKey: string;
  readonly position: number;
  /** null: the active cell is in another row. */
  readonly activeColumn: number | null;
}

/** Made anew only when something in it changed: an arrow key touches two rows of five hundred. */
function Row({ gridId, columns, cells, rowKey, position, activeColumn }: RowProps) {
  return useMemo(
    () => (
      <tr
        role="row"
        aria-rowindex={position + 2}
        aria-selected={activeColumn !== null}
        class={activeColumn === null ? '' : 'selected'}
      >
        {columns.map((column, index) => (
          <td
            key={column.id}
            role="gridcell"
            id={cellId(gridId, rowKey, column.id)}
            class={cellClass(column, activeColumn === index)}
            aria-colindex={index + 1}
            data-row={position}
            data-column={index}
          >
            <CellView cell={cells[index] ?? null} unit={column.unit} tabbable={false} />
          </td>
        ))}
      </tr>
    ),
    [gridId, columns, cells, rowKey, position, activeColumn],
  );
}

function cellClass(column: Column, isActive: boolean): string {
  return `${column.unit === undefined ? 'textual' : 'numeric'}${column.code === true ? ' code' : ''}${isActive ? ' active' : ''}`;
}

/** Keeps the place of rows that are not in the document; it must exist at any height, or rows would be made anew. */
function Space({ heightPx }: { heightPx: number }) {
  return (
    <tbody aria-hidden="true" class="space">
      <tr style={{ height: `${heightPx}px` }} />
    </tbody>
  );
}
