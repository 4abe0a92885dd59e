// Run as a process of its own by command.test.ts: a command that starts a program and never ends by itself.
import { runCommand } from '../../../src/build/command';

void runCommand(async ({ signal, processes, makeFolder }) => {
  const folder = makeFolder('command-test');
  const running = processes.start(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("started")'], {
    onOutput: () => console.log(JSON.stringify({ folder, pid: running.pid })),
  });
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  return 0;
});
