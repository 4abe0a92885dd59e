import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import { ManyOptions } from '../../../../../src/machine/ssh/config/manyOptions';
import { resolveOptions } from '../../../../../src/machine/ssh/config/resolve';
import type { ConfigSettings } from '../../../../../src/machine/ssh/config/settings';
import type { HostOptions } from '../../../../../src/machine/ssh/options';
import { oracleCases, refusedConfigs } from './oracleCases';

const ssh = ['/usr/bin/ssh', '/usr/local/bin/ssh'].find((file) => fs.existsSync(file)) ?? null;
const { signal } = new AbortController();
const hosts = ['web01', 'web02', 'db', 'WEB01', '10.0.0.5', 'ops@gate'];

describe('the options of many hosts', () => {
  let folder: string;
  let calls: string;
  let nowMs = 0;
  before(function () {
    if (ssh === null || process.platform !== 'linux') this.skip();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-many-'));
    calls = path.join(folder, 'calls');
    const script = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${calls}'\nexec ${ssh} "$@"\n`;
    fs.writeFileSync(path.join(folder, 'ssh'), script, { mode: 0o755 });
  });
  after(() => folder && fs.rmSync(folder, { recursive: true, force: true }));

  /** `FOLDER` in the text is the folder of the test; `--- name` begins another file in it. */
  const settingsFor = (text: string): ConfigSettings => {
    for (const [index, part] of text.replaceAll('FOLDER', folder).split(/^--- /mu).entries()) {
      const end = index === 0 ? -1 : part.indexOf('\n');
      const file = path.join(folder, index === 0 ? 'config' : part.slice(0, end));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, part.slice(end + 1), { mode: 0o600 });
    }
    fs.writeFileSync(calls, '');
    const env = { PATH: process.env['PATH'], OTHER_SOCK: '/run/other.sock', KEYS: '/keys' };
    return {
      configFile: path.join(folder, 'config'),
      home: os.userInfo().homedir,
      env,
      trusted: true,
      sshProgram: path.join(folder, 'ssh'),
    };
  };
  const asked = (): readonly string[] => fs.readFileSync(calls, 'utf8').trim().split('\n');
  const without = ({ source: _source, ...rest }: HostOptions): object => rest;

  for (const [title, { config, request = { name: 'web01' } }] of Object.entries(oracleCases)) {
    it(`are what ssh -G says of each: ${title}`, async () => {
      const settings = settingsFor(config);
      const many = new ManyOptions(() => nowMs);
      for (const host of [request, request, ...hosts.map((name) => ({ ...request, name }))]) {
        const [told, alone] = await Promise.allSettled([
          many.resolve(host, settings, signal),
          resolveOptions(host, settings, signal),
        ]);
        if (alone.status === 'rejected') assert.equal(told.status, 'rejected', host.name);
        else assert.deepEqual(told.status === 'fulfilled' && without(told.value), without(alone.value));
      }
    });
  }

  it('take a few processes, however many hosts there are', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `h${index}`);
    const settings = settingsFor(names.map((name, index) => `Host ${name}\nPort ${2_000 + index}\n`).join(''));
    const many = new ManyOptions(() => nowMs);
    const told = await Promise.all(names.map((name) => many.resolve({ name }, settings, signal)));
    assert.deepEqual(
      told.map(({ port }) => port),
      names.map((_, index) => 2_000 + index),
    );
    assert.ok(asked().length <= 3, asked().join('\n'));
  });

  it('are asked of ssh for each host where the files have what only ssh can tell', async () => {
    for (const line of ['Match exec "true"', 'Match final host *', 'Ciphers +aes128-cbc', 'CanonicalizeHostname yes']) {
      const settings = settingsFor(`${line}\n`);
      const many = new ManyOptions(() => nowMs);
      for (const name of hosts.slice(0, 4)) await many.resolve({ name }, settings, signal);
      assert.ok(
        hosts.slice(0, 4).every((name) => asked().includes(`-G -F ${settings.configFile ?? ''} -- ${name}`)),
        line,
      );
    }
  });

  it('follow the files: what was found is not kept for long', async () => {
    const many = new ManyOptions(() => nowMs);
    for (const port of [1, 2]) {
      const settings = settingsFor(`Port ${port}\n`);
      for (const name of hosts.slice(0, 3)) assert.equal((await many.resolve({ name }, settings, signal)).port, port);
      nowMs += 2_000;
    }
  });

  for (const [title, config] of Object.entries(refusedConfigs)) {
    it(`are refused by ssh itself: ${title}`, async () => {
      const settings = settingsFor(config);
      const many = new ManyOptions(() => nowMs);
      for (let round = 0; round < 3; round += 1) {
        const isRefused = (error: unknown): boolean =>
          error instanceof ExpectedError && error.code === 'invalid-config';
        await assert.rejects(many.resolve({ name: 'web01' }, settings, signal), isRefused);
      }
    });
  }
});
