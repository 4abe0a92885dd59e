import assert from 'node:assert/strict';
import { jsonBytes } from '../../../src/report/jsonBytes';

const row = (index: number): unknown[] => [index, `host-${index}`, 'größe €', null, { text: '主机', status: 'ok' }];

function sameAsStringify(value: object): void {
  assert.equal(Buffer.from(jsonBytes(value)).toString(), JSON.stringify(value));
}

describe('a report as JSON in bytes', () => {
  it('is what JSON.stringify gives', () => {
    sameAsStringify({ title: 'T', verdict: 'a "b"\n', blocks: [] });
    sameAsStringify({ blocks: [{ kind: 'table', rows: [row(1)], sort: undefined, empty: '' }, { kind: 'text' }] });
    sameAsStringify({ nothing: undefined, list: [undefined, null], deep: { a: { b: { c: { d: [1, { e: 2 }] } } } } });
    sameAsStringify([]);
  });

  it('is so for tables of any length', () => {
    for (const count of [255, 256, 257, 512, 10_000]) {
      const rows = Array.from({ length: count }, (_none, index) => row(index));
      sameAsStringify({ blocks: [{ kind: 'table', rows, parents: rows.map((_row, index) => index) }, { rows }] });
    }
  });

  it('is so whatever length was expected', () => {
    const value = { rows: Array.from({ length: 5_000 }, (_none, index) => row(index)) };
    const length = jsonBytes(value).length;
    for (const likely of [0, length - 70_000, length, 10 * length]) {
      assert.equal(Buffer.from(jsonBytes(value, likely)).toString(), JSON.stringify(value));
    }
  });
});
