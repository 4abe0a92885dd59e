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
    assert.equal(pageStateSchema.safeParse({ ...state, version: 2 }).success, false);
    assert.equal(pageStateSchema.safeParse({ ...state, shown: { ...shown, state: 'lost' } }).success, false);
    assert.equal(pageStateSchema.safeParse({ ...state, shown: { ...shown, report: null } }).success, true);
  });

  it('agree with the types', () => {
    assert.ok(Object.values(schemasAgree).every(Boolean));
  });
});
