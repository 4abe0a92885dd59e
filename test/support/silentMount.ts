import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as readline from 'node:readline';
import { projectPath } from './project';

/** A mounted file system of one file, `data`, whose server can fall silent as that of a dead network mount. */
export interface SilentMount {
  /** From now on nothing is answered, and who asks hangs. */
  fallSilent(): Promise<void>;
  /** Put before a command, which then sees it: it is mounted in a namespace of its own. */
  readonly inside: readonly string[];
  /** Whoever hangs gets an error. */
  end(): Promise<void>;
}

/** Mounts it at an empty folder. null where FUSE, root or Python is missing. */
export async function silentMount(folder: string): Promise<SilentMount | null> {
  if (process.getuid?.() !== 0 || !fs.existsSync('/dev/fuse')) return null;
  const server = spawn('python3', [projectPath('test', 'support', 'silent_mount.py'), folder, 'fuse.sshfs']);
  server.on('error', () => undefined);
  const lines = readline.createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).value !== 'ready') return null;
  return {
    inside: ['nsenter', `--mount=/proc/${server.pid}/ns/mnt`],
    async fallSilent() {
      server.stdin.write('silent\n');
      await lines.next();
    },
    async end() {
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
    },
  };
}
