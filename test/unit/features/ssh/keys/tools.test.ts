import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyTool, installKeyTool, keysTool, removeKeyTool } from '../../../../../src/features/ssh/keyTools';
import type { InstallKeyInput, RemoveKeyInput } from '../../../../../src/features/ssh/core/keys/inputs';
import type { ExecOptions } from '../../../../../src/machine/machine';
import { ExpectedError } from '../../../../../src/lib/errors';
import { reportSchema } from '../../../../../src/report/schema';
import { makeKey, noSshServer, startSshServer } from '../../../../support/sshServer';
import { hostLineOf, keygen, noKeygen, rsaBlob, tokenBlob } from '../../../machine/ssh/keys/keygen';
import { carryOut, makeHome, resultOf, type Home } from './homeMachine';

const PUBLIC = `${hostLineOf('', tokenBlob()).trim()} anna@laptop`;
const rejects = (promise: Promise<unknown>, code: string): Promise<void> =>
  assert.rejects(promise, (error) => error instanceof ExpectedError && error.code === code);

describe('the list of SSH keys', () => {
  let home: Home;

  before(function () {
    if (noKeygen !== undefined || process.platform === 'win32') this.skip();
  });

  beforeEach(() => {
    home = makeHome();
    fs.mkdirSync(home.ssh, { mode: 0o700 });
  });

  afterEach(() => home.end());

  it('has every kind of private key with what ssh-keygen tells of it', async function () {
    this.timeout(60_000);
    makeKey(home.file('id_ed25519'), 'ed25519');
    makeKey(home.file('id_ecdsa'), 'ecdsa', '-b', '384');
    makeKey(home.file('id_dsa'), 'dsa');
    makeKey(home.file('pem_rsa'), 'rsa', '-b', '2048', '-m', 'PEM');
    makeKey(home.file('pem_ec'), 'ecdsa', '-b', '256', '-m', 'PEM');
    makeKey(home.file('pem_dsa'), 'dsa', '-m', 'PEM');
    makeKey(home.file('pkcs8'), 'rsa', '-b', '3072', '-m', 'PKCS8');
    for (const [name, type] of [
      ['locked', 'ed25519'],
      ['locked_pem', 'rsa'],
    ] as const) {
      const form = type === 'rsa' ? ['-m', 'PEM'] : [];
      keygen('-q', '-t', type, ...form, '-N', 'a secret', '-C', name, '-f', home.file(name));
    }
    const { privateKeys } = await resultOf(keysTool, {}, home.context);
    assert.equal(privateKeys.length, 9);
    for (const { file, label, bits, fingerprint, comment, encrypted } of privateKeys) {
      const told = keygen('-lf', `${file}.pub`).trim();
      assert.equal(`${bits} ${fingerprint} ${comment} (${label})`, told, file);
      assert.equal(encrypted, file.includes('locked'), file);
      // The public half comes from the private file itself wherever that is readable.
      if (!file.endsWith('locked_pem')) fs.rmSync(`${file}.pub`);
    }
    const alone = await resultOf(keysTool, {}, home.context);
    assert.deepEqual(
      alone.privateKeys.map(({ file, fingerprint }) => [file, fingerprint]),
      privateKeys.map(({ file, fingerprint }) => [file, fingerprint]),
    );
    reportSchema.parse(keysTool.report(alone));
  });

  it('has PuTTY keys', async function () {
    if (spawnSync('puttygen', ['--version'], { timeout: 10_000 }).error !== undefined) this.skip();
    makeKey(home.file('id_ed25519'), 'ed25519');
    const args = [home.file('id_ed25519'), '-O', 'private', '-o', home.file('key.ppk')];
    assert.equal(spawnSync('puttygen', args, { timeout: 20_000 }).status, 0);
    const { privateKeys } = await resultOf(keysTool, {}, home.context);
    assert.deepEqual(
      privateKeys.map(({ format, encrypted }) => [format, encrypted]),
      [
        ['openssh', false],
        ['ppk', false],
      ],
    );
    assert.equal(privateKeys[1]?.fingerprint, privateKeys[0]?.fingerprint);
    assert.equal(privateKeys[1]?.comment, 'test-ed25519');
  });

  it('finds what is weak, open, expired or does not belong together', async function () {
    this.timeout(60_000);
    makeKey(home.file('good'), 'ed25519');
    makeKey(home.file('other'), 'ed25519');
    makeKey(home.file('weak'), 'rsa', '-b', '1024');
    makeKey(home.file('ca'), 'ed25519');
    fs.copyFileSync(home.file('other.pub'), home.file('good.pub'));
    keygen('-q', '-s', home.file('ca'), '-I', 'me', '-n', 'anna', '-V', '20200101:20200102', home.file('other.pub'));
    fs.chmodSync(home.file('weak'), 0o644);
    home.write('garbage', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n');
    home.write('alone.pub', PUBLIC);
    home.write('notes.txt', 'nothing');
    const result = await resultOf(keysTool, {}, home.context);
    const problems = Object.fromEntries(
      result.privateKeys.map((row) => [row.file.slice(home.ssh.length + 1), row.problems]),
    );
    assert.deepEqual(problems, {
      ca: ['not-encrypted'],
      garbage: ['broken', 'not-encrypted'],
      good: ['not-encrypted', 'other-public-key'],
      other: ['not-encrypted', 'expired'],
      weak: ['rsa-weak', 'not-encrypted', 'open'],
    });
    assert.deepEqual(
      result.publicKeys.map(({ file, label }) => [file, label]),
      [[home.file('alone.pub'), 'ED25519-SK']],
    );
    const report = reportSchema.parse(keysTool.report(result));
    assert.equal(report.status, 'error');
    assert.ok(report.verdict.includes('weak'));
  });

  it('has the keys that may log in, with their options, as ssh-keygen -l finds them', async () => {
    const lines = [
      '# mine',
      PUBLIC,
      `command="echo \\"a b\\" # x",no-pty ${PUBLIC}`,
      hostLineOf('', rsaBlob(2_048)).trim(),
      'ssh-ed25519 broken',
      'no-pty',
    ];
    const file = home.write('authorized_keys', `${lines.join('\n')}\n`);
    const { authorizedKeys } = await resultOf(keysTool, {}, home.context);
    assert.deepEqual(
      authorizedKeys.map(({ line, options, label, problems }) => [line, options, label, ...problems]),
      [
        [2, '', 'ED25519-SK'],
        [3, 'command="echo \\"a b\\" # x",no-pty', 'ED25519-SK'],
        [4, '', 'RSA', 'rsa-short'],
        [5, '', null, 'broken'],
        [6, '', null, 'broken'],
      ],
    );
    const told = keygen('-lf', file)
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[1]);
    assert.deepEqual(
      authorizedKeys.flatMap(({ fingerprint }) => fingerprint ?? []),
      told,
    );
  });

  it('asks the agent through ssh-add, and says what came of it', async () => {
    const states: unknown[] = [];
    for (const exitCode of [0, 1, 2, 127]) {
      const other = makeHome(() =>
        Promise.resolve({
          exitCode,
          signal: null,
          stdout: Buffer.from(`${PUBLIC}\n`),
          stderr: Buffer.alloc(0),
          truncated: false,
        }),
      );
      const { agent } = await resultOf(keysTool, {}, other.context);
      states.push([agent.state, ...agent.keys.map(({ comment }) => comment)]);
      await other.end();
    }
    assert.deepEqual(states, [['keys', 'anna@laptop'], ['empty'], ['none'], ['no-program']]);
  });

  it('has the keys of a real agent', async function () {
    const socket = home.file('agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      for (let round = 0; round < 200 && !fs.existsSync(socket); round++) await pause(25);
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      const key = makeKey(home.file('id_ecdsa'), 'ecdsa');
      assert.equal(spawnSync('ssh-add', ['-q', key], { env, timeout: 10_000 }).status, 0);
      const local = home.context.machine;
      const machine = {
        ...local,
        exec: (command: readonly string[], options: ExecOptions) =>
          local.exec(command, { ...options, env: { SSH_AUTH_SOCK: socket } }),
      };
      const result = await resultOf(keysTool, {}, { ...home.context, machine });
      assert.deepEqual(
        result.agent.keys.map(({ label, fingerprint }) => [label, fingerprint]),
        [['ECDSA', keygen('-lf', key).split(' ')[1]]],
      );
    } finally {
      agent.kill();
    }
  });

  it('never holds anything of a private half', async () => {
    makeKey(home.file('id_rsa'), 'rsa', '-b', '2048', '-m', 'PEM');
    makeKey(home.file('id_ed25519'), 'ed25519');
    const result = JSON.stringify(await resultOf(keysTool, {}, home.context));
    for (const name of ['id_rsa', 'id_ed25519']) {
      const lines = home
        .read(name)
        .split('\n')
        .filter((line) => line.length > 30 && !line.startsWith('-----'));
      assert.ok(lines.length > 3);
      for (const line of lines) assert.ok(!result.includes(line));
    }
  });

  it('is empty where there is no folder', async () => {
    fs.rmdirSync(home.ssh);
    const result = await resultOf(keysTool, {}, home.context);
    assert.deepEqual([result.privateKeys, result.authorizedKeys, result.folderMode], [[], [], null]);
  });
});

describe('making a key', () => {
  let home: Home;

  before(function () {
    if (noKeygen !== undefined || process.platform === 'win32') this.skip();
  });

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home.end());

  it('makes it with ssh-keygen, in a folder for its owner alone', async () => {
    const input = { name: 'id_new', type: 'ecdsa-384', comment: '-x a "b"', passphrase: 'afterwards' } as const;
    const result = await carryOut(generateKeyTool, input, home.context);
    assert.equal(`${result.bits} ${result.fingerprint} -x a "b" (ECDSA)`, keygen('-lf', home.file('id_new')).trim());
    assert.equal(fs.statSync(home.ssh).mode & 0o777, 0o700);
    assert.equal(fs.statSync(home.file('id_new')).mode & 0o777, 0o600);
    const report = reportSchema.parse(generateKeyTool.report(result));
    assert.ok(report.verdict.includes(`ssh-keygen -p -f ${home.file('id_new')}`));
  });

  it('never overwrites one, and takes no name that leaves the folder', async () => {
    home.write('id_ed25519', 'mine');
    home.write('lonely.pub', 'mine');
    const input = generateKeyTool.input.parse({});
    await rejects(generateKeyTool.plan(input, home.context), 'exists');
    await rejects(generateKeyTool.plan({ ...input, name: 'lonely' }, home.context), 'exists');
    await rejects(resultOf(generateKeyTool, input, home.context), 'exists');
    assert.equal(home.read('id_ed25519'), 'mine');
    for (const name of ['../x', 'a/b', '-f', '.hidden', 'x.pub', '', 'a b']) {
      assert.equal(generateKeyTool.input.safeParse({ name }).success, false, name);
    }
  });
});

describe('letting a key log in', () => {
  let home: Home;

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => home.end());

  it('makes folder and file, changes nothing the second time, and is taken back', async () => {
    const first = await carryOut(installKeyTool, { key: `${PUBLIC}\n` }, home.context);
    assert.equal(home.read('authorized_keys'), `${PUBLIC}\n`);
    assert.deepEqual([first.outcome, first.backup, first.sshdRefuses], ['done', null, null]);
    assert.equal(fs.statSync(home.file('authorized_keys')).mode & 0o777, 0o600);
    assert.equal(fs.statSync(home.ssh).mode & 0o777, 0o700);
    const again = await carryOut(installKeyTool, { key: PUBLIC.replace('anna', 'ben') }, home.context);
    assert.equal(again.outcome, 'present');
    assert.deepEqual(installKeyTool.changes(again), []);
    const [change] = installKeyTool.changes(first);
    await carryOut(removeKeyTool, change?.undo?.input as RemoveKeyInput, home.context);
    assert.equal(home.read('authorized_keys'), '');
    reportSchema.parse(installKeyTool.report(again));
  });

  it('keeps every other byte, and ends a last line that has no end', async () => {
    home.write('authorized_keys', '');
    const before = Buffer.from(`# caf\xe9 \xff\r\n\nfrom="10.*" ${hostLineOf('', rsaBlob(2_048)).trim()} x`, 'latin1');
    fs.writeFileSync(home.file('authorized_keys'), before);
    const result = await carryOut(installKeyTool, { key: PUBLIC }, home.context);
    assert.equal(home.read('authorized_keys'), `${before.toString('latin1')}\n${PUBLIC}\n`);
    assert.deepEqual(fs.readFileSync(result.backup ?? ''), before);
    await carryOut(removeKeyTool, installKeyTool.changes(result)[0]?.undo?.input as RemoveKeyInput, home.context);
    assert.equal(home.read('authorized_keys'), `${before.toString('latin1')}\n`);
  });

  it('puts a line with options back as it was', async () => {
    const line = `command="date",no-pty ${PUBLIC}`;
    home.write('authorized_keys', `${line}\n`);
    const removed = await carryOut(removeKeyTool, { line }, home.context);
    const undo = removeKeyTool.changes(removed)[0]?.undo;
    await carryOut(installKeyTool, undo?.input as InstallKeyInput, home.context);
    assert.equal(home.read('authorized_keys'), `${line}\n`);
    assert.equal((await carryOut(removeKeyTool, { line: PUBLIC }, home.context)).outcome, 'absent');
  });

  it('takes a public key from a file of this computer, and what was shown is what is installed', async () => {
    const file = home.write('id.pub', `${PUBLIC}\n`);
    const plan = await installKeyTool.plan({ key: file }, home.context);
    fs.writeFileSync(file, `${hostLineOf('', rsaBlob(2_048)).trim()}\n`);
    await resultOf(installKeyTool, plan.input, home.context);
    assert.equal(home.read('authorized_keys'), `${PUBLIC}\n`);
  });

  it('refuses private keys, certificates, several keys, no keys, and a file that changed', async () => {
    const secret = home.write('id', '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n');
    await rejects(installKeyTool.plan({ key: secret }, home.context), 'private-key');
    await rejects(installKeyTool.plan({ key: 'PuTTY-User-Key-File-3: ssh-rsa' }, home.context), 'private-key');
    for (const key of ['nonsense', `${PUBLIC}\n${PUBLIC}`, PUBLIC.slice(0, 60), '# comment', `${PUBLIC}\u0007`]) {
      await rejects(installKeyTool.plan({ key }, home.context), 'invalid-key');
    }
    await rejects(installKeyTool.plan({ key: '/nowhere/id.pub' }, home.context), 'missing');
    const plan = await installKeyTool.plan({ key: PUBLIC }, home.context);
    home.write('authorized_keys', '# meanwhile\n');
    await rejects(resultOf(installKeyTool, plan.input, home.context), 'changed');
  });

  it('logs in at a real sshd, and no more once it is taken back', async function () {
    if (noSshServer !== undefined || noKeygen !== undefined) return this.skip();
    const server = await startSshServer({
      authorize: false,
      config: [`AuthorizedKeysFile ${home.file('authorized_keys')}`],
    });
    try {
      const logsIn = (): boolean =>
        spawnSync('ssh', ['-F', server.configFile, '-o', 'BatchMode=yes', server.alias, 'true']).status === 0;
      assert.equal(logsIn(), false);
      const installed = await carryOut(installKeyTool, { key: `${server.keyFile}.pub` }, home.context);
      assert.equal(logsIn(), true, server.log());
      await carryOut(removeKeyTool, installKeyTool.changes(installed)[0]?.undo?.input as RemoveKeyInput, home.context);
      assert.equal(logsIn(), false);
    } finally {
      await server.stop();
    }
  });

  it('says when sshd will not take the file', async () => {
    home.write('authorized_keys', '# mine\n');
    fs.chmodSync(home.file('authorized_keys'), 0o664);
    const result = await carryOut(installKeyTool, { key: PUBLIC }, home.context);
    assert.equal(result.sshdRefuses, home.file('authorized_keys'));
    assert.equal(installKeyTool.report(result).status, 'error');
  });
});
