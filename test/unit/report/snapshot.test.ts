import * as assert from 'node:assert/strict';
import type { Report, TableBlock } from '../../../src/report/model';
import { reportSchema } from '../../../src/report/schema';
import { SNAPSHOT_ROWS, snapshotOf } from '../../../src/report/snapshot';
import { sampleReport } from '../../support/sampleReport';

function tableOf(rowCount: number): TableBlock {
  return {
    kind: 'table',
    id: 't',
    columns: [{ id: 'n', title: 'N', unit: 'plain' }],
    rows: Array.from({ length: rowCount }, (_, index) => [index]),
    rowKeys: Array.from({ length: rowCount }, (_, index) => `key ${index}`),
  };
}

function reportOf(table: TableBlock): Report {
  return { title: 'T', verdict: 'V.', status: 'ok', blocks: [{ kind: 'section', title: 'S', blocks: [table] }] };
}

function innerBlocks(report: Report): readonly unknown[] {
  const [section] = report.blocks;
  return section?.kind === 'section' ? section.blocks : [];
}

describe('snapshotOf', () => {
  it('leaves what is small as it is', () => {
    assert.deepEqual(snapshotOf(sampleReport), sampleReport);
    const exact = reportOf(tableOf(SNAPSHOT_ROWS));
    assert.deepEqual(snapshotOf(exact), exact);
  });

  it('cuts rows and their keys together and says so', () => {
    const [table, note] = innerBlocks(snapshotOf(reportOf(tableOf(SNAPSHOT_ROWS + 7)))) as [TableBlock, unknown];
    assert.equal(table.rows.length, SNAPSHOT_ROWS);
    assert.deepEqual(table.rows.at(-1), [SNAPSHOT_ROWS - 1]);
    assert.equal(table.rowKeys?.length, SNAPSHOT_ROWS);
    assert.equal(table.rowKeys.at(-1), `key ${SNAPSHOT_ROWS - 1}`);
    assert.deepEqual(note, {
      kind: 'text',
      style: 'note',
      status: 'info',
      text: '5000 of 5007 rows were kept. Run again to see all.',
    });
  });

  it('cuts parents and menu with their rows; a parent that is not kept is none', () => {
    const count = SNAPSHOT_ROWS + 2;
    const indices = Array.from({ length: count }, (_, index) => index);
    const tree: TableBlock = {
      ...tableOf(count),
      sort: { column: 'n', direction: 'descending' },
      parents: indices.map((index) => (index === 0 ? null : Math.floor(index / 2))),
      menu: { actions: [{ label: 'L', tool: 't' }], inputs: indices.map((index) => (index === 3 ? null : { index })) },
    };
    const snapshot = snapshotOf(reportOf(tree));
    const [table] = innerBlocks(snapshot) as [TableBlock];
    // Rows 0 and 1 are gone: row 2 was below 1, row 4 stands two places further up below row 2.
    assert.deepEqual(table.parents?.slice(0, 4), [null, null, 0, 0]);
    assert.deepEqual(table.menu?.inputs.slice(0, 3), [{ index: 2 }, null, { index: 4 }]);
    assert.deepEqual(table.menu?.actions, tree.menu?.actions);
    assert.equal(table.menu?.inputs.length, SNAPSHOT_ROWS);
    assert.deepEqual(reportSchema.parse(snapshot), snapshot);
  });

  it('keeps the rows that are shown first', () => {
    const sorted = { ...tableOf(SNAPSHOT_ROWS + 7), sort: { column: 'n', direction: 'descending' } as const };
    const [table] = innerBlocks(snapshotOf(reportOf(sorted))) as [TableBlock];
    assert.deepEqual(table.rows[0], [7]);
    assert.equal(table.rowKeys?.[0], 'key 7');
    assert.deepEqual(table.rows.at(-1), [SNAPSHOT_ROWS + 6]);
  });

  it('does not change a snapshot', () => {
    const once = snapshotOf(reportOf(tableOf(SNAPSHOT_ROWS + 7)));
    assert.deepEqual(snapshotOf(once), once);
  });
});
