import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { printed } from '../../../../src/cli/printed';
import { parsePlace } from '../../../../src/features/compare/core/sources/place';
import { textsTool } from '../../../../src/features/compare/textsTools';
import type { TextsInput, TextsResult } from '../../../../src/features/compare/core/text/toolSchema';
import { createMachines } from '../../../../src/machine/directory';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import type { Machine } from '../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../src/machine/machines';
import { CancelledError } from '../../../../src/lib/errors';
import { computeApart } from '../../../../src/runtime/compute';
import { reportSchema } from '../../../../src/report/schema';
import { NO_SECRETS, QUIET_LOG, runContextOf } from '../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../support/sshServer';
import { temporaryFolder } from '../../machine/support';
import { hasProgram } from './gnu';

describe('the place of a file', () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ['/etc/hosts', null, '/etc/hosts'],
    ['notes.txt', null, 'notes.txt'],
    ['web01:/etc/hosts', 'web01', '/etc/hosts'],
    ['web01:~/site/a b', 'web01', '~/site/a b'],
    ['root@192.0.2.7:2222:/etc/hosts', 'root@192.0.2.7:2222', '/etc/hosts'],
    ['root@[2001:db8::1]:2222:/x', 'root@[2001:db8::1]:2222', '/x'],
    ['local:/etc/hosts', 'local', '/etc/hosts'],
    ['C:/Users/x', null, 'C:/Users/x'],
    ['C:\\Users\\x', null, 'C:\\Users\\x'],
    ['./web01:/etc/hosts', null, './web01:/etc/hosts'],
    ['/srv/a:/b', null, '/srv/a:/b'],
    ['./log:2026', null, './log:2026'],
    ['web01:log', 'web01', 'log'],
    ['web01:', 'web01', '.'],
    ['[2001:db8::1]:/x', '2001:db8::1', '/x'],
  ];
  for (const [text, machine, path] of cases) {
    it(`${text}`, () => assert.deepEqual(parsePlace(text), { machine, path }));
  }
});

describe('compare.texts', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let local: LocalMachine;
  let server: SshServer | undefined;
  let machines: OwnedMachines;

  before(async () => {
    local = createLocalMachine();
    server = noSshServer === undefined ? await startSshServer() : undefined;
    machines = createMachines({
      local,
      settings: { configFile: server?.configFile ?? null, inventoryFiles: [], trusted: true, idleMinutes: 5 },
      person: null,
      secrets: NO_SECRETS,
      log: QUIET_LOG,
      onConnected: () => undefined,
    });
    fs.writeFileSync(folder('old'), 'one\ntwo\nthree\n');
    fs.writeFileSync(folder('new'), 'one\nzwei\nthree\n');
    fs.symlinkSync(folder('new'), folder('link'));
  });

  after(async () => {
    await machines.close();
    await local.dispose();
    await server?.stop();
  });

  async function run(input: Partial<TextsInput>, machine: Machine = local): Promise<TextsResult> {
    let last: TextsResult | undefined;
    const parsed = textsTool.input.parse({ left: folder('old'), right: folder('new'), ...input });
    for await (const result of textsTool.run(parsed, runContextOf(machine, { machines }))) last = result;
    reportSchema.parse(textsTool.report(last ?? assert.fail('no result')));
    return textsTool.result.parse(last);
  }

  it('compares files of this computer, through links', async () => {
    const { outcome, counts, left, hunks } = await run({ right: folder('link') });
    assert.equal(outcome, 'different');
    assert.deepEqual(counts, { same: 2, removed: 1, added: 1, changes: 1, ignored: 0 });
    assert.equal(left.label, folder('old'));
    assert.equal(hunks.length, 1);
  });

  it('takes a path that is not absolute from the working folder', async () => {
    const { left, outcome } = await run({ left: 'package.json', right: `${process.cwd()}/package.json` });
    assert.deepEqual([left.label, outcome], ['package.json', 'identical']);
  });

  it('compares a file here with one on a host, from here and from there', async function () {
    if (server === undefined) return this.skip();
    const here = await run({ right: `peer:${folder('new')}` });
    assert.deepEqual([here.left.label, here.right.label], [folder('old'), `peer:${folder('new')}`]);
    assert.equal(here.counts.changes, 1);
    const peer = await machines.open('peer', new AbortController().signal);
    const there = await run({ left: `local:${folder('old')}` }, peer);
    assert.deepEqual([there.left.label, there.right.label], [folder('old'), `peer:${folder('new')}`]);
    assert.deepEqual(there.hunks, here.hunks);
  });

  for (const [delta, text] of [
    ['unified', /^--- .*old\t.*\n\+\+\+ .*new\t.*\n@@ -1,3 \+1,3 @@\n one\n-two\n\+zwei\n three\n$/],
    ['context', /^\*\*\* .*\n--- .*\n\*{15}\n\*\*\* 1,3 \*{4}\n {2}one\n! two\n/],
    ['normal', /^2c2\n< two\n---\n> zwei\n$/],
    ['ndiff', /^ {2}one\n- two\n\+ zwei\n {2}three\n$/],
    ['html', /^<!doctype html>[^]*zwei/],
  ] as const) {
    it(`tells the differences as ${delta}`, async () => {
      const result = await run({ delta, contextLines: delta === 'ndiff' ? -1 : 3 });
      assert.match(result.delta?.text ?? '', text);
      const { actions } = textsTool.report(result);
      assert.deepEqual(
        actions?.map(({ kind }) => kind),
        ['copy'],
      );
    });
  }

  it('compares texts that are given, named as they are called', async () => {
    const { outcome, left, right, config } = await run({
      left: 'Untitled-1.json',
      leftText: '{"a": 1, "b": 2}',
      right: 'Clipboard',
      rightText: '{"b": 2,\n "a": 1}\n',
    });
    assert.deepEqual([left.label, left.origin, right.label], ['Untitled-1.json', { kind: 'text' }, 'Clipboard']);
    assert.deepEqual([outcome, config?.difference], ['same-meaning', 'order']);
    const saved = await run({ right: 'old (not saved)', rightText: '' });
    assert.deepEqual([saved.left.origin.kind, saved.right.sizeBytes, saved.counts.removed], ['file', 0, 3]);
  });

  it('is cancelled in the middle of a comparison, whatever that is at', async () => {
    // Such a pattern takes for ever.
    fs.writeFileSync(folder('left'), `${'a'.repeat(60)}!\n`);
    const controller = new AbortController();
    const sides = { left: folder('left'), right: folder('new') };
    const thread = { file: path.join(__dirname, '../../../../src/computeWorker.js'), texts: undefined };
    let isComparing = (): void => undefined;
    const comparing = new Promise<void>((resolve) => (isComparing = resolve));
    const compute = (task: unknown): Promise<unknown> => {
      isComparing();
      return computeApart(thread, 'compare.texts', task, controller.signal);
    };
    const context = runContextOf(local, { machines, signal: controller.signal, compute });
    const hopeless = textsTool.input.parse({ ...sides, ignoreMatching: '^(a+)+$' });
    const outcome = assert.rejects(async () => {
      for await (const result of textsTool.run(hopeless, context)) assert.fail(JSON.stringify(result));
    }, CancelledError);
    await comparing;
    setTimeout(() => controller.abort(), 500);
    await outcome;
    const other = { ...context, signal: new AbortController().signal };
    const quick = textsTool.input.parse({ ...sides, ignoreMatching: '^a' });
    const own = (task: unknown): Promise<unknown> => computeApart(thread, 'compare.texts', task, other.signal);
    for await (const result of textsTool.run(quick, { ...other, compute: own })) {
      assert.deepEqual(textsTool.result.parse(result).counts, {
        same: 0,
        removed: 1,
        added: 3,
        changes: 1,
        ignored: 0,
      });
    }
  });

  it('prints the bare delta, so that patch can read it', async function () {
    const result = await run({ delta: 'unified' });
    const text = await printed(textsTool, result, textsTool.report(result), 'text');
    assert.match(text, /^--- .*\n\+\+\+ .*\n@@ -1,3 \+1,3 @@\n/);
    const plain = await run({});
    await assert.rejects(printed(textsTool, plain, textsTool.report(plain), 'text'), { code: 'usage' });
    if (!hasProgram('patch')) return this.skip();
    fs.copyFileSync(folder('old'), folder('patched'));
    execFileSync('patch', ['-s', folder('patched')], { input: text });
    assert.equal(fs.readFileSync(folder('patched'), 'utf8'), fs.readFileSync(folder('new'), 'utf8'));
  });

  it('reads files of a name as what is set for them', async () => {
    fs.writeFileSync(folder('a.tmpl'), 'server { listen 80; }\n');
    fs.writeFileSync(folder('b.tmpl'), 'server {\n  listen 80; # here\n}\n');
    const sides = { left: folder('a.tmpl'), right: folder('b.tmpl') };
    const told = ({ outcome, config }: TextsResult): unknown => [outcome, config?.left, config?.chosenBy];
    assert.deepEqual(told(await run(sides)), ['different', undefined, undefined]);
    const forms = 'motd=plain, *.tmpl=nginx';
    assert.deepEqual(told(await run({ ...sides, forms })), ['same-meaning', 'nginx', 'setting']);
    assert.equal((await run({ ...sides, forms, as: 'plain' })).outcome, 'different');
    assert.equal((await run({ ...sides, forms, delta: 'unified' })).outcome, 'different');
    assert.throws(() => textsTool.input.parse({ ...sides, forms: '*.tmpl=apache' }), /“apache” is none of plain, json/);
    const named = { leftText: '{"a":1}', rightText: '{ "a": 1 }' };
    assert.equal(
      (await run({ left: 'git:HEAD:x.json', right: 'https://a/x.json?v=1', ...named })).config?.left,
      'json',
    );
  });

  it('says what cannot be compared', async () => {
    await assert.rejects(run({ left: folder() }), { name: 'ExpectedError', code: 'invalid-input' });
    await assert.rejects(run({ left: folder('none') }), { name: 'ExpectedError', code: 'missing' });
    assert.throws(() => textsTool.input.parse({ left: 'a', right: 'b', ignoreMatching: '(' }), /regular expression/);
  });
});
