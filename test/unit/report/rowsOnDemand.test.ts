import assert from 'node:assert/strict';
import { jsonBytes } from '../../../src/report/jsonBytes';
import type { Report, TableBlock } from '../../../src/report/model';
import { printReport } from '../../../src/report/print';
import { rowsOnDemand, withAllRows } from '../../../src/report/rowsOnDemand';

function tableOf(rows: TableBlock['rows']): TableBlock {
  const columns = [
    { id: 'name', title: 'Name' },
    { id: 'size', title: 'Size', unit: 'number' as const },
  ];
  return { kind: 'table', id: 'sizes', columns, rows, sort: { column: 'size', direction: 'descending' } };
}

function reportOf(rows: TableBlock['rows']): Report {
  const section = { kind: 'section' as const, title: 'All', blocks: [tableOf(rows)] };
  return { title: 'Sizes', verdict: 'fine', status: 'ok', blocks: [section, tableOf(rows)] };
}

describe('rows that are made on demand', () => {
  const made: number[] = [];
  const make = (index: number): [string, number] => {
    made.push(index);
    return [`row-${index}`, index * index];
  };
  const eager = Array.from({ length: 100 }, (_none, index): [string, number] => [`row-${index}`, index * index]);
  const rows = rowsOnDemand(eager.length, make);

  it('are an array for all who read them', () => {
    assert.equal(Array.isArray(rows), true);
    assert.equal(rows.length, 100);
    assert.deepEqual([...rows], eager);
    assert.deepEqual(rows.slice(90), eager.slice(90));
    assert.deepEqual(
      rows.map(([name]) => name),
      eager.map(([name]) => name),
    );
    assert.deepEqual(rows.at(-1), ['row-99', 9_801]);
    assert.deepEqual([...rows.keys()], [...eager.keys()]);
    assert.equal(rows[100], undefined);
    assert.equal(
      rows.findIndex((row) => row[1] === 25),
      5,
    );
    assert.equal(JSON.stringify(rows), JSON.stringify(eager));
  });

  it('are made one by one, and only those that are asked for', () => {
    made.length = 0;
    assert.deepEqual(rows[7], ['row-7', 49]);
    assert.deepEqual(rows.slice(3, 5).length, 2);
    assert.deepEqual(made, [7, 3, 4]);
  });

  it('become the same bytes, each row made once', () => {
    made.length = 0;
    assert.deepEqual(jsonBytes(reportOf(rows)), jsonBytes(reportOf(eager)));
    assert.equal(made.length, 200);
  });

  it('are printed in every format as all rows are, each made once', async () => {
    for (const format of ['markdown', 'csv', 'json', 'html'] as const) {
      made.length = 0;
      const printed = await printReport(reportOf(rows), format, { locale: 'en' });
      assert.equal(printed, await printReport(reportOf(eager), format, { locale: 'en' }));
      assert.equal(made.length, 200, format);
    }
    assert.deepEqual(withAllRows(reportOf(rows)), reportOf(eager));
  });
});
