import * as assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from '../../../../../src/machine/machine';
import { openSshMachine, type SshMachine } from '../../../../../src/machine/ssh';
import { processTransport, type ProcessTransport } from './processTransport';
import { programPath } from './shells';

const signal = new AbortController().signal;

for (const shell of ['dash', 'bash', 'busybox']) {
  describe(`the shell that looked at the host, ${shell}`, () => {
    let transport: ProcessTransport;
    let machine: SshMachine;
    beforeEach(async function () {
      const program = programPath(shell);
      if (process.platform !== 'linux' || program === undefined) this.skip();
      const env = { LC_ALL: 'C.UTF-8', CDPATH: '/' };
      transport = processTransport({ shell: shell === 'busybox' ? [program, 'sh'] : [program], env });
      const parts = { name: 'peer', log: { debug: () => undefined } };
      machine = await openSshMachine({ ...parts, transport: () => Promise.resolve(transport) }, signal);
    });
    afterEach(async () => {
      await machine?.dispose();
      transport?.close();
    });

    it('becomes the first command; the next has a channel of its own', async () => {
      assert.equal((await output(machine, ['echo', "it's", '$HOME\n%s'])).stdout, "it's $HOME\n%s\n");
      assert.deepEqual(transport.lines, ['exec sh']);
      assert.equal((await output(machine, ['sh', '-c', 'echo out; echo err >&2; exit 3'])).exitCode, 3);
      assert.equal(transport.lines.length, 2);
    });

    it('keeps both outputs, the exit code, the environment and what is to be read', async () => {
      const script = 'read -r a; echo "$a $LC_ALL $CDPATH"; echo err >&2; exit 5';
      const running = await machine.start(['sh', '-c', script], { signal });
      running.stdin.end('first\nrest\n');
      const [stdout, stderr] = await Promise.all([textOf(running.stdout), textOf(running.stderr)]);
      assert.deepEqual([stdout, stderr, (await running.ended).exitCode], ['first C.UTF-8 /\n', 'err\n', 5]);
      assert.deepEqual(transport.lines, ['exec sh']);
    });

    it('is not a command any more when it has been asked for something else', async () => {
      await machine.files.readMany(['/proc/uptime'], { signal });
      await output(machine, ['true']);
      assert.equal(transport.lines.filter((line) => line.startsWith('exec sh -c')).length, 1);
    });

    it('is not missed where it has ended meanwhile', async () => {
      for (const child of transport.children) process.kill(child.pid ?? 0, 'SIGKILL');
      while (transport.children.size > 0) await pause(5);
      assert.equal((await output(machine, ['echo', 'there'])).stdout, 'there\n');
    });

    it('tells why a program does not start, and ends with it', async () => {
      await assert.rejects(output(machine, ['no-such-program']), { code: 'not-found' });
      assert.equal((await output(machine, ['echo', 'after'])).stdout, 'after\n');
    });
  });
}

async function output(
  machine: Machine,
  command: readonly string[],
): Promise<{ stdout: string; exitCode: number | null }> {
  const { stdout, exitCode } = await machine.exec(command, { signal });
  return { stdout: Buffer.from(stdout).toString(), exitCode };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
