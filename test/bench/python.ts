import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import * as readline from 'node:readline';
import { projectPath } from '../support/project';

/** A Python process with a module (psutil, fabric) that stays and answers one line with another. */
export interface PythonPeer {
  /** Of the module. */
  readonly version: string;
  /** The answer's JSON. */
  ask(line: string): Promise<unknown>;
  end(): Promise<void>;
}

/** The system's own Python first: that is where a package of the distribution is. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

export function startPsutil(script: string): PythonPeer | undefined {
  return startPython('psutil', script);
}

/** Runs a script beside this file; undefined where no Python has the module. */
export function startPython(module: string, script: string, ...words: readonly string[]): PythonPeer | undefined {
  for (const python of PYTHONS) {
    const found = spawnSync(python, ['-c', `import ${module}; print(${module}.__version__)`], { encoding: 'utf8' });
    if (found.status === 0) return conversation(python, script, words, found.stdout.trim());
  }
  return undefined;
}

function conversation(python: string, script: string, words: readonly string[], version: string): PythonPeer {
  const child = spawn(python, [projectPath('test', 'bench', script), ...words]);
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    version,
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const next: IteratorResult<string, unknown> = await lines.next();
      if (next.done === true) throw new Error(`${script} ended: ${complaints}`);
      return JSON.parse(next.value) as unknown;
    },
    end: () => ended(child),
  };
}

function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin.end();
  });
}
