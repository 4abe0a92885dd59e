import * as assert from 'node:assert/strict';
import { runCommandLine } from '../../../src/cli/commands';
import type { ExitCode, Shell } from '../../../src/cli/shell';
import { features } from '../../../src/features/index';
import { freePort, noSshServer, startSshServer, type SshServer } from '../../support/sshServer';
import { fetched, sayer } from '../features/ssh/tunnel/support';

interface Running {
  readonly ended: Promise<ExitCode>;
  readonly stop: AbortController;
  out(): string;
  err(): string;
  said(text: RegExp): Promise<void>;
}

describe('opsdeck ssh.tunnel (Linux only)', function () {
  this.timeout(60_000);
  let server: SshServer;
  let web: Awaited<ReturnType<typeof sayer>>;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    web = await sayer('by the command line');
  });

  after(async () => {
    web?.close();
    await server?.stop();
  });

  function start(...words: readonly string[]): Running {
    const stop = new AbortController();
    let out = '';
    let err = '';
    const shell: Shell = {
      features,
      language: 'en',
      signal: stop.signal,
      out: (part) => (out += part),
      err: (part) => (err += part),
      terminal: false,
      stateFolder: '/nonexistent',
      sshConfigFile: server.configFile,
      inventoryFiles: [],
    };
    const ended = runCommandLine(['ssh.tunnel', ...words], shell);
    return {
      ended,
      stop,
      out: () => out,
      err: () => err,
      said: async (text) => {
        while (!text.test(out)) {
          if ((await Promise.race([ended, later()])) !== undefined) assert.fail(`it ended: ${out}${err}`);
        }
      },
    };
  }

  it('runs until Ctrl-C without being told to watch, and ends well', async () => {
    const [one, two] = [await freePort(), await freePort()];
    const target = `127.0.0.1:${web.port}`;
    const running = start('--on', server.alias, '--local', `${one}:${target}`, '--local', `${two}:${target}`);
    await running.said(/All 2 tunnels through peer are open\./);
    assert.equal(await fetched(one), 'by the command line');
    assert.equal(await fetched(two), 'by the command line');
    running.stop.abort();
    assert.equal(await running.ended, 0, running.err());
    await assert.rejects(fetched(one));
  });

  it('takes the options of ssh, and prints a line of JSON a result', async () => {
    const port = await freePort();
    const words = ['--spec', `-L ${port}:127.0.0.1:${web.port}`, '--format', 'json'];
    const running = start('--on', server.alias, ...words);
    await running.said(/\n/);
    const [line = ''] = running.out().split('\n');
    assert.equal((JSON.parse(line) as { tunnels: { phase: string }[] }).tunnels[0]?.phase, 'open');
    running.stop.abort();
    assert.equal(await running.ended, 0, running.err());
  });

  it('ends with 2 and says why where it cannot be opened', async () => {
    const taken = start('--on', server.alias, '--local', `${web.port}:127.0.0.1:1`);
    assert.equal(await taken.ended, 2);
    assert.match(taken.err(), /is taken by .*\(PID \d+\)/);
    const nowhere = start('--local', '8080:db:5432');
    assert.equal(await nowhere.ended, 2);
    assert.match(nowhere.err(), /--on HOST/);
    const wrong = start('--on', server.alias, '--dynamic', 'x');
    assert.equal(await wrong.ended, 2);
    assert.match(wrong.err(), /“x” is no proxy/);
    assert.equal(await start('--on', server.alias, '--dynamic', '0', '--format', 'html').ended, 2);
  });
});

function later(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), 20));
}
