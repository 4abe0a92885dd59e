import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { ExpectedError, isCancelled } from '../../../../../src/lib/errors';
import { resolveOptions } from '../../../../../src/machine/ssh/config/resolve';
import type { ConfigSettings } from '../../../../../src/machine/ssh/config/settings';
import type { HostOptions, HostRequest } from '../../../../../src/machine/ssh/options';

const { signal } = new AbortController();
const ssh = ['/usr/bin/ssh', '/usr/local/bin/ssh'].find((file) => fs.existsSync(file)) ?? null;

describe('the options of a host', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-resolve-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const settings = (config: string, changes: Partial<ConfigSettings> = {}): ConfigSettings => {
    const configFile = path.join(folder, 'config');
    fs.writeFileSync(configFile, config, { mode: 0o600 });
    const env = { PATH: process.env['PATH'], HOME: folder };
    return { configFile, home: folder, env, trusted: false, sshProgram: ssh, ...changes };
  };
  const evaluated = (config: string, request: HostRequest = { name: 'web01' }): Promise<HostOptions> =>
    resolveOptions(request, settings(config), signal);
  const program = (text: string): string => {
    const file = path.join(folder, `ssh-${Math.random().toString(36).slice(2)}`);
    fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return file;
  };

  it('run no command of a configuration that is not trusted', async function () {
    if (process.platform === 'win32') this.skip();
    const proof = path.join(folder, 'proof');
    const config = `Match exec "touch ${proof}"\n  User evil\nMatch !exec "touch ${proof}"\n  User evil\nHost *\n  Port 23\n`;
    const options = await evaluated(config);
    assert.equal(options.source, 'files');
    assert.equal(options.port, 23);
    assert.notEqual(options.user, 'evil');
    assert.equal(options.remarks.length, 2);
    assert.match(options.remarks[0] ?? '', /Match exec in .*config, line 1, was skipped/u);
    assert.equal(fs.existsSync(proof), false);
    // The proof would have been there.
    await resolveOptions({ name: 'web01' }, settings(config, { trusted: true, sshProgram: null }), signal);
    assert.equal(fs.existsSync(proof), true);
  });

  const refusedNames = [
    '',
    '-oProxyCommand=x',
    'a b',
    'a\nb',
    'a;b',
    '$(x)',
    '`x`',
    'a|b',
    "a'b",
    'a"b',
    'a\\b',
    'a\u0000',
    'x@-bad',
    'ssh://a b/',
    'ssh://h:99999',
    '~',
    'a>b',
    'ops;x@web01',
    '-l@web01',
  ];
  for (const name of refusedNames) {
    it(`refuse the name ${JSON.stringify(name)}`, async () => {
      const seen = path.join(folder, 'seen');
      const spy = program(`touch ${seen}`);
      for (const sshProgram of [spy, null]) {
        await assert.rejects(
          resolveOptions({ name }, settings('', { trusted: true, sshProgram }), signal),
          (error) => error instanceof ExpectedError && error.code === 'invalid-input',
        );
      }
      assert.equal(fs.existsSync(seen), false);
    });
  }

  for (const request of [
    { address: '-x' },
    { address: '$(x)' },
    { user: '-x' },
    { user: '`x`' },
    { port: 0 },
    { port: 1.5 },
  ]) {
    it(`refuse ${JSON.stringify(request)}`, async () => {
      await assert.rejects(evaluated('', { name: 'web01', ...request }), { code: 'invalid-input' });
    });
  }

  for (const line of [
    'HostName $(x)',
    'HostName -x',
    'HostName "a b"',
    'User "a;b"',
    'ProxyJump -x',
    'ProxyJump a,b;c',
    'ProxyJump ssh://$(x)',
  ]) {
    it(`refuse ${line} of a configuration, here and from ssh`, async () => {
      for (const trusted of [true, false]) {
        await assert.rejects(
          resolveOptions({ name: 'web01' }, settings(`${line}\n`, { trusted }), signal),
          (error) => error instanceof ExpectedError,
        );
      }
    });
  }

  it('put into a ProxyCommand only what stays one word', async () => {
    const config = 'ProxyCommand nc %h %p as %r %%h %x\n';
    const options = await evaluated(config, { name: 'web01', address: '10.0.0.1', user: 'ops' });
    assert.equal(options.proxyCommand, 'nc 10.0.0.1 22 as ops %h %x');
    await assert.rejects(evaluated(config, { name: 'web01', user: 'DOM\\ops' }), { code: 'invalid-config' });
    await assert.rejects(evaluated(config, { name: 'web01', user: 'two words' }), { code: 'invalid-config' });
    const harmless = await evaluated('ProxyCommand nc %h\n', { name: 'web01', user: 'DOM\\ops' });
    assert.equal(harmless.user, 'DOM\\ops');
  });

  it('come from the usual files, Include without a folder from ~/.ssh', async () => {
    const home = path.join(folder, 'home');
    fs.mkdirSync(path.join(home, '.ssh/conf.d'), { recursive: true });
    fs.writeFileSync(path.join(home, '.ssh/config'), 'Include conf.d/*.conf ${PLACE}/x\nHost web01\n  Port 24\n');
    fs.writeFileSync(path.join(home, '.ssh/conf.d/a.conf'), 'Host web01\n  User included\n');
    const options = await resolveOptions({ name: 'web01' }, { ...settings(''), configFile: null, home }, signal);
    assert.deepEqual([options.user, options.port], ['included', 24]);
    assert.deepEqual(options.identityFiles.at(-1), path.join(home, '.ssh/id_dsa'));
  });

  it('need no file, unless one was named', async () => {
    const home = path.join(folder, 'empty');
    const options = await resolveOptions({ name: 'web01' }, { ...settings(''), configFile: null, home }, signal);
    assert.equal(options.hostName, 'web01');
    await assert.rejects(
      resolveOptions({ name: 'web01' }, { ...settings(''), configFile: path.join(home, 'nowhere') }, signal),
      { code: 'invalid-config' },
    );
  });

  it('tell what was passed over', async () => {
    const options = await evaluated(
      'Frobnicate yes\nIgnoreUnknown Foo*\nFooBar 1\nUseKeychain yes\nIdentityFile ${NOWHERE}/x\nCanonicalizeHostname yes\nMatch command ls\n  Port 9\n',
    );
    assert.equal(options.remarks.length, 4, options.remarks.join('\n'));
    assert.match(options.remarks[0] ?? '', /“frobnicate” in .*, line 1/u);
    assert.deepEqual(options.identityFiles, []);
    assert.equal(options.port, 22);
  });

  it('know tags and networks of newer versions', async () => {
    const options = await evaluated(
      'Host web01\n  Tag prod\nMatch tagged prod*\n  Port 5\nMatch localnetwork 127.0.0.0/8,::1\n  User near\nMatch localnetwork 203.0.113.0/24\n  HostName far\n',
    );
    assert.deepEqual([options.port, options.user, options.hostName], [5, 'near', 'web01']);
  });

  it('are evaluated here when ssh has no -G', async function () {
    if (process.platform === 'win32') this.skip();
    const sshProgram = program('echo "unknown option -- G" >&2; echo "usage: ssh [-1246]" >&2; exit 255');
    const options = await resolveOptions(
      { name: 'web01' },
      settings('Port 7\n', { trusted: true, sshProgram }),
      signal,
    );
    assert.deepEqual([options.source, options.port, options.remarks.length], ['files', 7, 1]);
    for (const missing of ['/nowhere/ssh', 'no-such-program', './ssh']) {
      const found = await resolveOptions(
        { name: 'web01' },
        settings('', { trusted: true, sshProgram: missing }),
        signal,
      );
      assert.equal(found.source, 'files');
    }
  });

  it('say what ssh says of a wrong configuration', async function () {
    if (ssh === null) this.skip();
    await assert.rejects(
      resolveOptions({ name: 'web01' }, settings('Host *\n  Frobnicate yes\n', { trusted: true }), signal),
      (error) => error instanceof ExpectedError && /line 2.*frobnicate/isu.test(error.message),
    );
  });

  it('reach ssh as arguments, each by itself', async function () {
    if (process.platform === 'win32') this.skip();
    const seen = path.join(folder, 'arguments');
    const sshProgram = program(`printf '%s\\n' "$@" > ${seen}; echo 'hostname x'; echo 'port 22'`);
    const request = { name: 'web01', address: 'fe80::1%eth0', port: 2022, user: 'two words' };
    await resolveOptions(request, settings('', { trusted: true, sshProgram }), signal);
    const file = path.join(folder, 'config');
    const expected = ['-G', '-F', file, '-p', '2022', '-l', 'two words', '-o', 'HostName=fe80::1%%eth0', '--', 'web01'];
    assert.deepEqual(fs.readFileSync(seen, 'utf8').trim().split('\n'), expected);
  });

  it('end with the signal, and what Match exec started with them', async function () {
    if (process.platform !== 'linux' || ssh === null) this.skip();
    const pidFile = path.join(folder, 'pid');
    const config = `Match exec "sh -c 'echo $$ > ${pidFile}; exec sleep 60'"\n  Port 9\n`;
    for (const sshProgram of [ssh, null]) {
      fs.rmSync(pidFile, { force: true });
      const controller = new AbortController();
      const env = { PATH: process.env['PATH'], SHELL: '/bin/sh' };
      const running = resolveOptions(
        { name: 'web01' },
        settings(config, { trusted: true, sshProgram, env }),
        controller.signal,
      );
      const outcome = assert.rejects(running, isCancelled);
      while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, 'utf8') === '') await pause(10);
      controller.abort();
      await outcome;
      const pid = fs.readFileSync(pidFile, 'utf8').trim();
      while (fs.existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/u.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')))
        await pause(10);
    }
  });

  it('never fail otherwise, whatever stands in a configuration', async () => {
    const other = path.join(folder, 'other');
    const piece = hostilePiece(folder, other);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.array(piece, { maxLength: 20 }), async (pieces, more) => {
        fs.writeFileSync(other, more.join(''));
        try {
          const options = await evaluated(pieces.join(''));
          assert.match(options.hostName, /^[^-\s'"`$;&<>|(){}\\][^\s'"`$;&<>|(){}\\]*$/u);
        } catch (error) {
          if (!(error instanceof ExpectedError)) throw error;
          // eslint-disable-next-line no-control-regex -- an escape sequence must not reach a terminal
          assert.doesNotMatch(error.message, /[\u0000-\u001f]/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('bear a wildcard that ssh itself would take hours for', async () => {
    const options = await evaluated(`Host ${'*a'.repeat(30)}*b\n  Port 1\n`, { name: 'a'.repeat(60) });
    assert.equal(options.port, 22);
  });

  it('bear the name of a file that cannot be', async () => {
    assert.equal((await evaluated('Include a\0b\nHost *\n  Port 7\n')).port, 7);
  });

  it('bear Include lines that multiply', async () => {
    for (let level = 0; level < 15; level += 1) {
      const next = `Include ${folder}/level${level + 1}\n`;
      fs.writeFileSync(path.join(folder, `level${level}`), next.repeat(8));
    }
    fs.writeFileSync(path.join(folder, 'level15'), 'Port 1\n');
    await assert.rejects(evaluated(`Include ${folder}/level0\n`), { code: 'invalid-config' });
  });
});

/** What configurations are made of, in any order. `other` is a second file. */
function hostilePiece(folder: string, other: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      'Host ',
      'Match ',
      'Include ',
      `${folder}/config `,
      `${other} `,
      `${folder}/*`,
      'exec ',
      'all ',
      'final ',
      'host ',
      '!',
      '*',
      '"',
      "'",
      '\\',
      '\n',
      '\r\n',
      '=',
      '#',
      '%h',
      '%',
      '${HOME}',
      '${X}',
      'HostName ',
      'ProxyJump ',
      'ProxyCommand ',
      'Port ',
      '22',
      'yes',
      'none',
      '[',
      ',',
      'RekeyLimit ',
      'SetEnv ',
      'A=1',
      'UserKnownHostsFile ',
      '~',
      '~/',
      '~x/',
      'web01',
      '\u0000',
      '\u001b[31m',
      'localnetwork ',
      '1.2.3.4/99',
      'User ',
    ),
    fc.string({ maxLength: 5 }),
  );
}
