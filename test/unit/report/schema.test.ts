import * as assert from 'node:assert/strict';
import {
  reportSchema,
  pageMessageSchema,
  pageStateSchema,
  runRequestSchema,
  schemasAgree,
} from '../../../src/report/schema';
import { sampleReport } from '../../support/sampleReport';

/** As it comes back from where only JSON is kept. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const followable = { ...sampleReport, actions: sampleReport.actions?.slice(0, 3) };
const bare = { title: 'T', verdict: 'V.', status: 'ok', blocks: [] };
const request = { tool: 'ip.inspect', input: { address: '10.0.0.1' }, machine: 'local' };
const shown = { kind: 'show', request, state: 'done', report: bare, takenAtMs: 1, message: '' };

describe('reportSchema', () => {
  it('takes what tools make, and gives it back unchanged', () => {
    const report = throughJson(followable);
    assert.deepEqual(reportSchema.parse(report), report);
  });

  it('refuses what is none', () => {
    const block = { kind: 'text', text: 't', style: 'prose' };
    for (const broken of [
      null,
      {},
      { ...bare, status: 'fine' },
      { ...bare, extra: 1 },
      { ...bare, blocks: [{ kind: 'script', text: 'x' }] },
      { ...bare, blocks: [{ ...block, style: 'html' }] },
      { ...bare, blocks: [{ kind: 'section', title: 'S', blocks: [{ ...block, text: 5 }] }] },
      { ...bare, blocks: [{ ...block, text: 'x'.repeat(10_000_001) }] },
      { ...bare, actions: [{ kind: 'tool', label: 'l', command: 'rm' }] },
      { ...bare, actions: [{ kind: 'copy', label: undefined, text: 't' }] },
    ]) {
      assert.equal(reportSchema.safeParse(broken).success, false);
    }
  });

  it('refuses rows and what belongs to them when they do not fit', () => {
    const menu = {
      actions: [{ label: 'l', tool: 't', input: { force: true }, group: true }],
      inputs: [{ pid: 1 }, null],
    };
    const withTable = (extra: object): unknown => ({
      ...bare,
      blocks: [
        { kind: 'table', id: 'i', columns: [{ id: 'c', title: 'C', hidden: true }], rows: [['a'], ['b']], ...extra },
      ],
    });
    for (const fitting of [{ menu }, { parents: [null, 0] }, { parents: [1, null] }, { parents: [null, null], menu }]) {
      assert.equal(reportSchema.safeParse(withTable(fitting)).success, true, JSON.stringify(fitting));
    }
    for (const broken of [
      { parents: [] },
      { parents: [null, 0, 0] },
      { parents: [null, 2] },
      { parents: [null, -1] },
      { parents: [null, 0.5] },
      { parents: [0, null] },
      { parents: [1, 0] },
      { menu: { ...menu, inputs: [] } },
      { menu: { ...menu, inputs: [{}, {}, {}] } },
      { menu: { ...menu, inputs: ['pid', null] } },
      { menu: { ...menu, actions: [{ label: 'l', command: 'rm' }] } },
    ]) {
      assert.equal(reportSchema.safeParse(withTable(broken)).success, false, JSON.stringify(broken));
    }
  });

  it('takes moments in their order, one of them shown', () => {
    for (const [times, shown, fits] of [
      [[1, 2, 2], 2, true],
      [[1], 0, true],
      [[], 0, false],
      [[1, 2], 2, false],
      [[1, 2], -1, false],
      [[1, 2], 0.5, false],
      [[2, 1], 0, false],
    ] as const) {
      assert.equal(reportSchema.safeParse({ ...bare, moments: { times, shown } }).success, fits);
    }
  });

  it('lets links go to the web and to mail only', () => {
    const withLink = (url: string): unknown => ({ ...bare, actions: [{ kind: 'open', label: 'l', url }] });
    for (const url of ['https://a.example', 'http://a.example/?q', 'mailto:a@b.example']) {
      assert.equal(reportSchema.safeParse(withLink(url)).success, true, url);
    }
    for (const url of ['javascript:alert(1)', 'command:x', 'file:///etc/passwd', 'data:text/html,x', 'nothing']) {
      assert.equal(reportSchema.safeParse(withLink(url)).success, false, url);
    }
  });
});

describe('protocol schemas', () => {
  it('take every message of the page', () => {
    for (const message of [
      { kind: 'ready' },
      { kind: 'runAgain' },
      { kind: 'cancel' },
      { kind: 'pause' },
      { kind: 'resume' },
      { kind: 'action', index: 3 },
      { kind: 'rowAction', table: 't', row: 'r', action: 0 },
      { kind: 'moment', index: 7 },
      { kind: 'prefer', table: 't', preference: {} },
      {
        kind: 'prefer',
        table: 't',
        preference: { columns: ['a'], sort: { column: 'a', direction: 'descending' }, tree: true },
      },
      { kind: 'copyText', text: 't' },
      { kind: 'copyReport' },
      { kind: 'export', format: 'csv' },
      { kind: 'openAsText' },
    ]) {
      assert.deepEqual(pageMessageSchema.parse(message), message);
    }
  });

  it('refuse any other', () => {
    for (const message of [
      'ready',
      { kind: 'action', index: -1 },
      { kind: 'action', index: 0.5 },
      { kind: 'action', command: 'workbench.action.quit' },
      { kind: 'rowAction', table: 't', row: 'r', action: -1 },
      { kind: 'rowAction', table: 't', row: 'r', action: 0, input: { pid: 1 } },
      { kind: 'moment', index: -1 },
      { kind: 'prefer', table: 't', preference: { columns: 'all' } },
      { kind: 'prefer', table: 't', preference: { tree: true, tool: 'x' } },
      { kind: 'export', format: 'exe' },
      { kind: 'ready', more: true },
    ]) {
      assert.equal(pageMessageSchema.safeParse(message).success, false);
    }
  });

  it('take the state of a page, and no other version of it', () => {
    assert.deepEqual(runRequestSchema.parse(request), request);
    const state = { version: 1, shown, view: { anything: [1] } };
    assert.deepEqual(pageStateSchema.parse(state), state);
    const preferred = { ...shown, preferences: { disks: { columns: ['mount'], tree: false } } };
    assert.deepEqual(pageStateSchema.parse({ ...state, shown: preferred }).shown, preferred);
    assert.equal(
      pageStateSchema.safeParse({ ...state, shown: { ...shown, preferences: { disks: 1 } } }).success,
      false,
    );
    assert.equal(pageStateSchema.safeParse({ ...state, version: 2 }).success, false);
    assert.equal(pageStateSchema.safeParse({ ...state, shown: { ...shown, state: 'lost' } }).success, false);
    assert.equal(pageStateSchema.safeParse({ ...state, shown: { ...shown, report: null } }).success, true);
  });

  it('agree with the types', () => {
    assert.ok(Object.values(schemasAgree).every(Boolean));
  });
});
