import * as assert from 'node:assert/strict';
import { Processes, type Running } from '../../../src/build/processes';

/**
 * A program that starts another one with the same stdout: the pipe closes, and the run is over, only when both have
 * ended.
 */
const parent = `
  const forever = 'console.log("started"); setInterval(() => {}, 1000)';
  require('node:child_process').spawn(process.execPath, ['-e', forever], { stdio: 'inherit' });
  setInterval(() => {}, 1000);
`;

async function untilStarted(running: Running): Promise<void> {
  while (!running.output().includes('started')) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('Processes', () => {
  const processes = new Processes();
  const { signal } = new AbortController();

  after(() => processes.stopAll());

  it('gives the exit code and both outputs', async () => {
    const program = `console.log('out'); console.error('err'); process.exitCode = 3;`;
    const { exitCode, output } = await processes.run(process.execPath, ['-e', program], { signal });
    assert.equal(exitCode, 3);
    assert.deepEqual(output.trim().split('\n').sort(), ['err', 'out']);
  });

  it('ends what a program has started together with it', async () => {
    const running = processes.start(process.execPath, ['-e', parent]);
    await untilStarted(running);
    await running.stop();
    assert.equal(await running.ended, null);
  });

  it('ends the program when the signal fires', async () => {
    const interrupt = new AbortController();
    const finished = processes.run(process.execPath, ['-e', parent], {
      signal: interrupt.signal,
      onOutput: () => interrupt.abort(),
    });
    await assert.rejects(finished, { name: 'AbortError' });
  });

  it('says why a program could not be started', async () => {
    const { exitCode, output } = await processes.run('opsdeck-no-such-program', [], { signal });
    assert.equal(exitCode, null);
    assert.match(output, /ENOENT/);
  });
});
