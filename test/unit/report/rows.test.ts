import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cellSortKey, createFormatter } from '../../../src/report/format';
import type { Cell, TableBlock } from '../../../src/report/model';
import { createCollator, createRowFilter, filterRows, initialOrder, sortRows } from '../../../src/report/rows';
import { anyCell } from './arbitraryReport';

const collator = createCollator('en');
const formatter = createFormatter({ locale: 'en', timeZone: 'UTC' });

function sorted(cells: readonly Cell[], direction: 'ascending' | 'descending'): readonly Cell[] {
  const rows = cells.map((cell) => [cell]);
  return Array.from(sortRows(rows, 0, direction, collator), (index) => cells[index] ?? null);
}

describe('sortRows', () => {
  it('puts texts in natural order', () => {
    assert.deepEqual(sorted(['eth10', 'Eth2', 'eth1', 'lo', 'eth02a'], 'ascending'), [
      'eth1',
      'Eth2',
      'eth02a',
      'eth10',
      'lo',
    ]);
    assert.deepEqual(sorted(['1.10', '1.9', '1.9.1', '01.2'], 'descending'), ['1.10', '1.9.1', '1.9', '01.2']);
  });

  it('follows the language where a text is not plain', () => {
    assert.deepEqual(sorted(['z', 'ä10', 'ä9', 'b'], 'ascending'), ['ä9', 'ä10', 'b', 'z']);
  });

  it('puts numbers before texts, and nothing last in both directions', () => {
    const cells = [null, 'a', 2, { value: 1, text: 'zzz' }, NaN, 'b'];
    assert.deepEqual(sorted(cells, 'ascending'), [{ value: 1, text: 'zzz' }, 2, 'a', 'b', null, NaN]);
    assert.deepEqual(sorted(cells, 'descending'), ['b', 'a', 2, { value: 1, text: 'zzz' }, null, NaN]);
  });

  it('copes with infinities and with rows that are too short', () => {
    assert.deepEqual(sorted([Infinity, 1, -Infinity], 'ascending'), [-Infinity, 1, Infinity]);
    assert.deepEqual(Array.from(sortRows([[], [1], []], 0, 'descending', collator)), [1, 0, 2]);
  });

  it('is a stable permutation in order', () => {
    const cell = fc.oneof(anyCell, fc.constantFrom<Cell>('a1', 'A1', 'a01', 1, null));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), fc.constantFrom('ascending', 'descending'), (cells, direction) => {
        const order = Array.from(
          sortRows(
            cells.map((each) => [each]),
            0,
            direction,
            collator,
          ),
        );
        assert.deepEqual(
          order.toSorted((a, b) => a - b),
          [...cells.keys()],
        );
        for (const [position, index] of order.entries()) {
          const next = order[position + 1];
          if (next === undefined) continue;
          const keys = [cellSortKey(cells[index] ?? null), cellSortKey(cells[next] ?? null)] as const;
          assert.ok(keys[0] !== null || keys[1] === null, 'nothing stands last');
          if (keys[0] === keys[1]) assert.ok(index < next, 'equal cells keep their order');
          if (typeof keys[0] === 'number' && typeof keys[1] === 'number') {
            assert.ok(direction === 'ascending' ? keys[0] <= keys[1] : keys[0] >= keys[1]);
          }
        }
      }),
    );
  });

  it('orders texts the same way down as up, ties aside', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}[1-9]{0,4}$/), { maxLength: 20 }), (texts) => {
        assert.deepEqual(sorted(texts, 'descending'), sorted(texts, 'ascending').toReversed());
        assert.deepEqual(sorted(texts, 'ascending'), texts.toSorted(collator.compare));
      }),
    );
  });
});

describe('initialOrder', () => {
  const table: TableBlock = {
    kind: 'table',
    id: 't',
    columns: [
      { id: 'name', title: 'Name' },
      { id: 'size', title: 'Size', unit: 'bytes' },
    ],
    rows: [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ],
  };

  it('is that of the rows, or of the sort that the table asks for', () => {
    assert.deepEqual(Array.from(initialOrder(table, collator)), [0, 1, 2]);
    const bySize = { ...table, sort: { column: 'size', direction: 'descending' } as const };
    assert.deepEqual(Array.from(initialOrder(bySize, collator)), [1, 2, 0]);
    const byUnknown = { ...table, sort: { column: 'none', direction: 'descending' } as const };
    assert.deepEqual(Array.from(initialOrder(byUnknown, collator)), [0, 1, 2]);
  });
});

describe('createRowFilter', () => {
  const table: TableBlock = {
    kind: 'table',
    id: 't',
    columns: [
      { id: 'name', title: 'Name' },
      { id: 'size', title: 'Size', unit: 'bytes' },
      { id: 'state', title: 'State' },
    ],
    rows: [
      ['Nginx', 1536, { text: 'running', status: 'ok' }],
      ['sshd 22', 22, null],
      ['中文进程', { value: 2 ** 30 }, 'stopped'],
    ],
  };

  it('finds rows that hold every word, in any case and column', () => {
    const filter = createRowFilter(table.columns, table.rows, formatter);
    assert.deepEqual(Array.from(filter('nginx')), [0]);
    assert.deepEqual(Array.from(filter('RUNNING ngi')), [0]);
    assert.deepEqual(Array.from(filter('nginx stopped')), []);
    assert.deepEqual(Array.from(filter('中文')), [2]);
    assert.deepEqual(Array.from(filter('  ')), [0, 1, 2]);
  });

  it('looks only into the columns that it is given', () => {
    const filter = createRowFilter(table.columns, table.rows, formatter, [2, 1]);
    assert.deepEqual(Array.from(filter('nginx')), []);
    assert.deepEqual(Array.from(filter('running 1.5')), [0]);
  });

  it('finds numbers as they are read', () => {
    const filter = createRowFilter(table.columns, table.rows, formatter);
    assert.deepEqual(Array.from(filter('1.5')), [0]);
    assert.deepEqual(Array.from(filter('22')), [1]);
    assert.deepEqual(Array.from(filterRows(table, '1 stopped', formatter)), [2]);
  });

  it('does not match across two cells', () => {
    const rows = [['ab', 'cd']];
    assert.deepEqual(Array.from(createRowFilter(table.columns, rows, formatter)('bc')), []);
  });
});
