import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from './project';

const windows = process.platform === 'win32';

export interface StartOptions {
  /** Default: the project. */
  readonly cwd?: string;
  /** Added to our own environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with every piece of stdout and stderr as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface Running {
  readonly pid: number;
  /** stdout and stderr so far, as they came. */
  output(): string;
  /** The exit code; null when a signal ended it. Never rejects. */
  readonly ended: Promise<number | null>;
  /** Ends it with all its children, first kindly. */
  stop(): Promise<void>;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Starts programs, each as the leader of its own process group, and ends whole groups: what a program started ends
 * with it. Whatever still runs when our own process exits is killed then.
 */
export class Processes {
  private readonly groups = new Set<ChildProcess>();

  constructor() {
    process.on('exit', () => {
      for (const child of this.groups) signalGroup(child, 'SIGKILL');
    });
  }

  start(command: string, args: readonly string[], options: StartOptions = {}): Running {
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectRoot,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      // Since 2024 Node refuses to start .cmd files without a shell. Only fixed texts and our own paths go in.
      shell: command.endsWith('.cmd'),
      windowsHide: true,
    });
    this.groups.add(child);
    let output = '';
    const collect = (data: Buffer): void => {
      const text = data.toString();
      output += text;
      options.onOutput?.(text);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const ended = new Promise<number | null>((resolve) => {
      child.on('error', (error) => {
        output += `${error.message}\n`;
        this.groups.delete(child);
        resolve(null);
      });
      child.on('close', (code) => {
        this.groups.delete(child);
        resolve(code);
      });
    });
    return { pid: child.pid ?? 0, output: () => output, ended, stop: () => this.stop(child, ended) };
  }

  /** Runs a program to its end; a fired signal ends it. */
  async run(
    command: string,
    args: readonly string[],
    options: StartOptions & { readonly signal: AbortSignal },
  ): Promise<Finished> {
    options.signal.throwIfAborted();
    const running = this.start(command, args, options);
    const stop = (): void => void running.stop();
    options.signal.addEventListener('abort', stop, { once: true });
    const exitCode = await running.ended;
    options.signal.removeEventListener('abort', stop);
    options.signal.throwIfAborted();
    return { exitCode, output: running.output() };
  }

  /** Ends everything that was started here. */
  async stopAll(): Promise<void> {
    await Promise.all(
      [...this.groups].map((child) =>
        this.stop(child, child.exitCode === null ? once(child, 'close') : Promise.resolve()),
      ),
    );
  }

  private async stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
    if (!this.groups.has(child)) return;
    signalGroup(child, 'SIGTERM');
    const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(kill);
    // The leader is gone; members that ignored the signal are not.
    signalGroup(child, 'SIGKILL');
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The whole group is gone already, which is what was wanted; macOS says EPERM when only its zombies are left.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
