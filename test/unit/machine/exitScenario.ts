// Run as a process of its own by local.test.ts: uses the machine, disposes of nothing, and must exit by itself.
import { createLocalMachine } from '../../../src/machine/local';
import { isFailure } from '../../../src/machine/machine';
import { helpersOf } from './processes';

async function useEverything(): Promise<string> {
  const machine = createLocalMachine();
  const signal = new AbortController().signal;
  const texts = await machine.files.readMany([__filename], { signal });
  const usage = await machine.files.usage(['/'], { signal });
  const content = await machine.files.read(__filename, { signal });
  const result = await machine.exec([process.execPath, '-e', ''], { signal });
  return `${typeof texts.get(__filename)} ${usage.get('/')?.kind} ${content.length > 0} ${result.exitCode}`;
}

async function meetDeadMount(path: string, workerFile: string): Promise<string> {
  const machine = createLocalMachine({ workerFile });
  const usage = (await machine.files.usage([path], { signal: new AbortController().signal, deadlineMs: 300 })).get(
    path,
  );
  return `${isFailure(usage) ? usage.code : 'answered'} ${helpersOf(process.pid, workerFile).join()}`;
}

const [path, workerFile] = process.argv.slice(2);
const running = path !== undefined && workerFile !== undefined ? meetDeadMount(path, workerFile) : useEverything();
void running.then((line) => console.log(line));
