import * as l10n from '@vscode/l10n';
import type { Column, TableBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { useViewState } from '../state/context';
import { CellView } from './cell';

interface TwinProps {
  readonly path: string;
  readonly title: string | undefined;
  /** Made only when it is open. */
  tables(): readonly TableBlock[];
}

/** What a drawing shows, as tables: for those who read rather than look. */
export function Twin({ path, title, tables }: TwinProps) {
  const [isOpen, setOpen] = useViewState(`${path}#twin`, isBoolean, false);
  return (
    <details class="twin" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{l10n.t('Show as table')}</summary>
      {isOpen ? (
        <div class="twin-scroller" tabIndex={0} role="group" aria-label={title ?? l10n.t('Table')}>
          {tables().map((table) => (
            <PlainTable key={table.id} table={table} />
          ))}
        </div>
      ) : null}
    </details>
  );
}

function PlainTable({ table }: { table: TableBlock }) {
  if (table.rows.length === 0) return <p class="nothing">{table.empty}</p>;
  return (
    <table class="plain-table">
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column.id} scope="col" class={lookOf(column)}>
              {visibleLine(column.title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {table.columns.map((column, position) => (
              <td key={column.id} class={lookOf(column)}>
                <CellView cell={row[position] ?? null} unit={column.unit} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Times are all equally long and read like texts. */
function lookOf(column: Column): string {
  return column.unit === undefined || column.unit === 'time' ? '' : 'numeric';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
