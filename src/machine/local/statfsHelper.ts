import { fork, type ChildProcess } from 'node:child_process';
import { settlesWithin } from '../../lib/deadline';
import { READY, type StatfsAnswer } from './statfs';

/** Stands for an errno name where the helper did not start or has ended. */
export const HELPER_ENDED = 'helper-ended';

/** One child process that asks file systems. It never keeps this process alive. */
export interface StatfsHelper {
  /** Fulfilled when it can be asked, or has ended, or after some seconds. Keeps this process alive until then. */
  readonly ready: Promise<unknown>;
  /** One at a time; pends for as long as the file system does not answer. Never rejects. */
  ask(path: string): Promise<StatfsAnswer>;
  /** Whether it has ended, by itself or by others. */
  hasEnded(): boolean;
  /** Ends it and waits for that, but not for ever: nothing ends a process that hangs in the kernel. */
  end(): Promise<void>;
}

const START_WAIT_MS = 5_000;
const END_WAIT_MS = 500;

/**
 * A process, not a thread: Node waits for each of its threads when it exits, and one that hangs in the kernel would
 * keep it from exiting for as long as the mount is dead. A process can be left behind; it ends by itself when the
 * mount answers and its parent is gone.
 */
export function startStatfsHelper(workerFile: string): StatfsHelper {
  const child = forkHelper(workerFile);
  let waiting: ((answer: StatfsAnswer) => void) | undefined;
  let failure: StatfsAnswer | undefined;
  let markReady: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (markReady = resolve));
  const settle = (answer: StatfsAnswer): void => {
    waiting?.(answer);
    waiting = undefined;
  };
  const fail = (): void => {
    failure = { errno: HELPER_ENDED };
    markReady();
    settle(failure);
  };
  child.on('message', (message) => {
    if (message === READY) markReady();
    else settle(message as StatfsAnswer);
  });
  // Not started: its ENOENT would read as if the mount point were missing.
  child.on('error', fail);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exited.then(fail);
  return {
    ready: settlesWithin(started, START_WAIT_MS),
    ask: (path) =>
      new Promise((resolve) => {
        waiting = resolve;
        if (failure !== undefined) settle(failure);
        else child.send(path, (error) => error !== null && fail());
      }),
    hasEnded: () => failure !== undefined,
    async end() {
      if (child.connected) child.disconnect();
      if (child.kill('SIGKILL')) await settlesWithin(exited, END_WAIT_MS);
    },
  };
}

function forkHelper(workerFile: string): ChildProcess {
  const child = fork(workerFile, [], {
    // A folder that no mount needs to be free of.
    cwd: process.platform === 'win32' ? process.cwd() : '/',
    env: helperEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Out of the terminal's process group: its Ctrl-C is for the parent to handle.
    detached: process.platform !== 'win32',
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** As Node where this is the editor's own program, and without what a debugger put there for this process. */
function helperEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  delete environment['NODE_OPTIONS'];
  return environment;
}
