import * as assert from 'node:assert/strict';
import type { TableBlock } from '../../../src/report/model';
import { printedTable } from '../../../src/report/printedTable';
import { createCollator } from '../../../src/report/rows';

const collator = createCollator('en');

function tableOf(extra: Partial<TableBlock>): TableBlock {
  const columns = [{ id: 'n', title: 'N', unit: 'plain' } as const, { id: 't', title: 'T' }, { id: 'u', title: 'U' }];
  return {
    kind: 'table',
    id: 'table',
    columns,
    rows: [
      [1, 'a', 'x'],
      [2, 'b', 'y'],
      [3, 'c', 'z'],
    ],
    ...extra,
  };
}

describe('printedTable', () => {
  it('leaves hidden columns out, unless nothing would be left', () => {
    const hide = (...hidden: readonly string[]): readonly string[] => {
      const { columns } = tableOf({});
      const marked = columns.map((column) => ({ ...column, hidden: hidden.includes(column.id) }));
      return printedTable(tableOf({ columns: marked }), collator).columns.map(({ column }) => column.id);
    };
    assert.deepEqual(hide(), ['n', 't', 'u']);
    assert.deepEqual(hide('n', 'u'), ['t']);
    assert.deepEqual(hide('n', 't', 'u'), ['n', 't', 'u']);
  });

  it('sorts a list as the report asks, without any indent', () => {
    const sort = { column: 'n', direction: 'descending' } as const;
    const { rows, columns } = printedTable(tableOf({ sort }), collator);
    assert.deepEqual(
      rows.map(({ cells, indent }) => [cells[0], indent]),
      [
        [3, ''],
        [2, ''],
        [1, ''],
      ],
    );
    assert.ok(columns.every(({ isTree }) => !isTree));
  });

  it('draws a tree at its first shown column of texts, sorted among brothers and sisters', () => {
    const sort = { column: 'n', direction: 'descending' } as const;
    const [number, text, other] = tableOf({}).columns;
    assert.ok(number !== undefined && text !== undefined && other !== undefined);
    const columns = [number, { ...text, hidden: true }, other];
    const table = printedTable(tableOf({ sort, columns, parents: [null, 0, 0] }), collator);
    assert.deepEqual(
      table.rows.map(({ cells, indent }) => [cells[0], indent]),
      [
        [1, ''],
        [3, '└\u00a0'],
        [2, '└\u00a0'],
      ],
    );
    assert.deepEqual(
      table.columns.map(({ at, isTree }) => [at, isTree]),
      [
        [0, false],
        [2, true],
      ],
    );
  });

  it('prints what is no tree as a list of roots', () => {
    const { rows } = printedTable(tableOf({ parents: [1, 0, 99] }), collator);
    assert.deepEqual(
      rows.map(({ cells, indent }) => [cells[0], indent]),
      [
        [1, ''],
        [2, ''],
        [3, ''],
      ],
    );
  });
});
