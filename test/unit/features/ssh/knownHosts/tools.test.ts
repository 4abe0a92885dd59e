import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import {
  forgetHostTool,
  hashKnownHostsTool,
  knownHostsTool,
  restoreKnownHostsTool,
} from '../../../../../src/features/ssh/knownHostsTools';
import type { RestoreKnownHostsInput } from '../../../../../src/features/ssh/core/knownHosts/inputs';
import { ExpectedError } from '../../../../../src/lib/errors';
import { hashName } from '../../../../../src/machine/ssh/knownHosts/hashedName';
import { reportSchema } from '../../../../../src/report/schema';
import { hostLineOf, noKeygen, rsaBlob, tokenBlob } from '../../../machine/ssh/keys/keygen';
import { carryOut, makeHome, resultOf, type Home } from '../keys/homeMachine';

const TOKEN = hostLineOf('', tokenBlob()).trim();
const RSA = hostLineOf('', rsaBlob(2_048)).trim();
const RSA_3072 = hostLineOf('', rsaBlob(3_072)).trim();

const TEXT = [
  '# caf\xe9',
  `web01,10.0.0.7 ${TOKEN} first`,
  `[web01]:2222 ${RSA_3072}`,
  `${hashName('web01')} ${RSA_3072}`,
  `*.example.com ${TOKEN}`,
  `@cert-authority * ${TOKEN}`,
  `web02 ${TOKEN}`,
  'web03 broken',
  '',
  `Web04,,WEB05 ${RSA_3072} a comment\r`,
  '',
].join('\n');

describe('the known-hosts centre', () => {
  let home: Home;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home.end());

  const knownHosts = (): string => home.read('known_hosts');
  const rejects = (promise: Promise<unknown>, code: string): Promise<void> =>
    assert.rejects(promise, (error) => error instanceof ExpectedError && error.code === code);

  it('tells what each line says, and what is wrong with it', async () => {
    const text = [
      `web01 ${TOKEN}`,
      `WEB01 ${TOKEN} again`,
      `db01 ${RSA}`,
      `db01 ${RSA_3072}`,
      `old ${hostLineOf('', rsaBlob(1_024)).trim()}`,
      'broken line',
      `[db02]:2222,[10.0.0.8]:2222 ${RSA_3072}`,
      `@revoked * ${TOKEN}`,
    ].join('\n');
    const file = home.write('known_hosts', text);
    fs.chmodSync(file, 0o666);
    const result = await resultOf(knownHostsTool, { file: '~/.ssh/known_hosts' }, home.context);
    const told = result.lines.map(({ hosts, port, label, bits, problems }) => [hosts, port, label, bits, ...problems]);
    assert.deepEqual(told, [
      ['web01', 22, 'ED25519-SK', 256, 'revoked'],
      ['WEB01', 22, 'ED25519-SK', 256, 'duplicate', 'revoked'],
      ['db01', 22, 'RSA', 2_048, 'rsa-short'],
      ['db01', 22, 'RSA', 3_072, 'conflict'],
      ['old', 22, 'RSA', 1_024, 'rsa-weak'],
      ['broken', 22, null, null, 'broken-key'],
      ['db02,10.0.0.8', 2_222, 'RSA', 3_072],
      ['*', 22, 'ED25519-SK', 256],
    ]);
    assert.equal(result.lines[3]?.other, `${file}:3`);
    assert.equal(result.files[0]?.writableByOthers, process.platform !== 'win32');
    const report = reportSchema.parse(knownHostsTool.report(result));
    assert.equal(report.status, 'error');
    assert.ok(report.verdict.includes(file));
  });

  it('finds a host in hashed lines, and says where none is', async () => {
    home.write('known_hosts', TEXT);
    const found = await resultOf(knownHostsTool, { host: 'WEB01' }, home.context);
    const own = found.lines.filter(({ file }) => file === home.file('known_hosts'));
    assert.deepEqual(
      own.map(({ line, hosts, hashed }) => [line, hosts, hashed]),
      [
        [2, 'web01,10.0.0.7', false],
        [4, 'web01', true],
        [6, '*', false],
      ],
    );
    const [first] = (await resultOf(knownHostsTool, { host: 'web01:2222' }, home.context)).lines;
    assert.deepEqual([first?.hosts, first?.port], ['web01', 2_222]);
    const none = await resultOf(knownHostsTool, { host: 'nobody', file: home.file('missing') }, home.context);
    assert.deepEqual([none.lines, none.files[0]?.state], [[], 'missing']);
    assert.ok(knownHostsTool.report(none).verdict.includes('nobody'));
  });

  it('removes the lines that ssh-keygen -R removes', async function () {
    if (noKeygen !== undefined) this.skip();
    for (const host of ['web01', '[web01]:2222', '10.0.0.7', 'a.example.com', 'WEB04', 'web05']) {
      fs.rmSync(home.ssh, { recursive: true, force: true });
      // It refuses files with broken lines, which are kept here.
      const copy = home.write('copy', TEXT.replace('web03 broken\n', ''));
      home.write('known_hosts', TEXT);
      assert.equal(spawnSync('ssh-keygen', ['-R', host.toLowerCase(), '-f', copy], { timeout: 10_000 }).status, 0);
      const { lines } = await carryOut(forgetHostTool, { host }, home.context);
      assert.ok(lines.length > 0);
      assert.equal(knownHosts().replace('web03 broken\n', ''), home.read('copy'), host);
    }
  });

  it('removes one line, keeps a backup and the mode, and takes it back', async () => {
    home.write('known_hosts', TEXT, 0o644);
    const { lines } = await resultOf(knownHostsTool, { file: home.file('known_hosts') }, home.context);
    const row = lines.find(({ line }) => line === 8);
    assert.ok(row !== undefined);
    const { file, line, lineDigest } = row;
    const result = await carryOut(forgetHostTool, { file, line, lineDigest }, home.context);
    assert.equal(knownHosts(), Buffer.from(TEXT, 'utf8').toString('latin1').replace('web03 broken\n', ''));
    assert.match(result.backup, /known_hosts\.opsdeck-\d{8}-\d{6}$/);
    if (process.platform !== 'win32') {
      assert.equal(fs.statSync(result.backup).mode & 0o777, 0o600);
      assert.equal(fs.statSync(file).mode & 0o777, 0o644);
    }
    const [change] = forgetHostTool.changes(result);
    assert.equal(change?.undo?.tool, 'ssh.restoreKnownHosts');
    await carryOut(restoreKnownHostsTool, change.undo.input as RestoreKnownHostsInput, home.context);
    assert.equal(fs.readFileSync(file, 'utf8'), TEXT);
  });

  it('refuses when the file has changed since it was shown, and when there is nothing to remove', async () => {
    home.write('known_hosts', TEXT);
    const plan = await forgetHostTool.plan({ host: 'web02' }, home.context);
    assert.ok(plan.details.some((detail) => detail.includes('web02')));
    fs.appendFileSync(home.file('known_hosts'), '# more\n');
    await rejects(resultOf(forgetHostTool, plan.input, home.context), 'changed');
    await rejects(forgetHostTool.plan({ host: 'nobody' }, home.context), 'not-found');
    await rejects(forgetHostTool.plan({ line: 1 }, home.context), 'changed');
    await rejects(forgetHostTool.plan({ line: 2, lineDigest: 'another' }, home.context), 'changed');
    await rejects(forgetHostTool.plan({ host: 'a', file: home.file('missing') }, home.context), 'missing');
    assert.equal(forgetHostTool.input.safeParse({}).success, false);
    assert.equal(forgetHostTool.input.safeParse({ host: 'a', line: 1 }).success, false);
  });

  it('puts nothing back over a later change, and nothing that is no backup', async () => {
    const file = home.write('known_hosts', TEXT);
    const { backup, digest } = await carryOut(forgetHostTool, { host: 'web02' }, home.context);
    const other = home.write('id_ed25519', 'secret');
    await rejects(restoreKnownHostsTool.plan({ file, backup: other, digest }, home.context), 'invalid-input');
    const beyond = `${file}.opsdeck-20261124-000000/../id_ed25519`;
    await rejects(restoreKnownHostsTool.plan({ file, backup: beyond, digest }, home.context), 'invalid-input');
    fs.appendFileSync(file, '# more\n');
    await rejects(resultOf(restoreKnownHostsTool, { file, backup, digest }, home.context), 'changed');
  });

  it('hashes names so that ssh-keygen -F finds every host afterwards', async function () {
    if (noKeygen !== undefined) this.skip();
    const file = home.write('known_hosts', TEXT);
    const result = await carryOut(hashKnownHostsTool, {}, home.context);
    assert.equal(result.lines.length, 4);
    assert.equal(result.kept, 3);
    for (const host of ['web01', '10.0.0.7', '[web01]:2222', 'web02', 'web04', 'web05', 'a.example.com']) {
      const { status, stdout } = spawnSync('ssh-keygen', ['-F', host, '-f', file], {
        encoding: 'utf8',
        timeout: 10_000,
      });
      assert.equal(status, 0, host);
      assert.ok(stdout.includes('found'), host);
    }
    assert.doesNotMatch(knownHosts(), /web0[1245]|10\.0\.0\.7/i);
    assert.match(knownHosts(), / a comment\r\n/);
    assert.match(knownHosts(), /\*\.example\.com /);
    await rejects(hashKnownHostsTool.plan({}, home.context), 'not-found');
    const [change] = hashKnownHostsTool.changes(result);
    await carryOut(restoreKnownHostsTool, change?.undo?.input as RestoreKnownHostsInput, home.context);
    assert.equal(fs.readFileSync(file, 'utf8'), TEXT);
  });

  it('every report is one', async () => {
    home.write('known_hosts', TEXT);
    const result = await carryOut(hashKnownHostsTool, {}, home.context);
    reportSchema.parse(hashKnownHostsTool.report(result));
    reportSchema.parse(knownHostsTool.report(await resultOf(knownHostsTool, {}, home.context)));
  });
});
