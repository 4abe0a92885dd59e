import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import { resolveOptions } from '../../../../../src/machine/ssh/config/resolve';
import type { ConfigSettings } from '../../../../../src/machine/ssh/config/settings';
import type { HostOptions, HostRequest } from '../../../../../src/machine/ssh/options';
import { oracleCases, refusedConfigs } from './oracleCases';

const ssh = ['/usr/bin/ssh', '/usr/local/bin/ssh'].find((file) => fs.existsSync(file)) ?? null;
const { signal } = new AbortController();

describe('the configuration evaluated here and by ssh -G', () => {
  let folder: string;
  before(function () {
    if (ssh === null || process.platform !== 'linux') this.skip();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-config-'));
  });
  after(() => folder && fs.rmSync(folder, { recursive: true, force: true }));

  const both = async (text: string, request: HostRequest): Promise<readonly [HostOptions, HostOptions]> => {
    const settings = settingsFor(folder, text);
    const asked = await resolveOptions(request, settings, signal);
    const evaluated = await resolveOptions(request, { ...settings, sshProgram: null }, signal);
    assert.equal(asked.source, 'ssh -G');
    assert.equal(evaluated.source, 'files');
    return [asked, evaluated];
  };

  for (const [title, { config, request = { name: 'web01' }, without }] of Object.entries(oracleCases)) {
    it(`agree on ${title}`, async () => {
      const [asked, evaluated] = await both(config, request);
      assert.deepEqual(comparable(evaluated, config, without), comparable(asked, config, without));
    });
  }

  for (const [title, config] of Object.entries(refusedConfigs)) {
    it(`both refuse ${title}`, async () => {
      const settings = settingsFor(folder, config);
      for (const sshProgram of [ssh, null]) {
        await assert.rejects(
          resolveOptions({ name: 'web01' }, { ...settings, sshProgram }, signal),
          (error) => error instanceof ExpectedError && error.code === 'invalid-config',
          `${sshProgram}`,
        );
      }
    });
  }
});

/** `FOLDER` in the text is the folder of the test; `--- name` begins another file in it. */
function settingsFor(folder: string, text: string): ConfigSettings {
  const [main = '', ...others] = text.replaceAll('FOLDER', folder).split(/^--- /mu);
  const configFile = path.join(folder, 'config');
  fs.writeFileSync(configFile, main, { mode: 0o600 });
  for (const other of others) {
    const end = other.indexOf('\n');
    const file = path.join(folder, other.slice(0, end));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, other.slice(end + 1), { mode: 0o600 });
  }
  const env = {
    PATH: process.env['PATH'],
    SSH_AUTH_SOCK: '/run/agent.sock',
    OTHER_SOCK: '/run/other.sock',
    KEYS: '/keys',
  };
  return { configFile, home: os.userInfo().homedir, env, trusted: true, sshProgram: ssh };
}

/** What both know: algorithms only where the configuration lists them, and no files of keys that went out of use. */
function comparable(options: HostOptions, config: string, without: readonly (keyof HostOptions)[] = []): object {
  const { source, remarks, ...rest } = options;
  const algorithms = ['kexAlgorithms', 'ciphers', 'macs', 'hostKeyAlgorithms', 'pubkeyAcceptedAlgorithms'];
  const unsaid = algorithms.filter((name) => !config.toLowerCase().includes(`${name.toLowerCase()} `));
  const kept = Object.entries(rest).filter(([name]) => ![...unsaid, ...without].includes(name as keyof HostOptions));
  const identityFiles = rest.identityFiles.filter((file) => !/id_(?:dsa|xmss)$/u.test(file));
  return { ...Object.fromEntries(kept), ...(!without.includes('identityFiles') && { identityFiles }) };
}
