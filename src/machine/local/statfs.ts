import * as fs from 'node:fs';
import type { Usage } from '../machine';

/** What the child process answers about one path: the figures, or the errno name of the failure. */
export interface StatfsAnswer {
  readonly usage?: Usage;
  readonly errno?: string;
}

/** Sent once, before all answers: the time that the start took is not the file system's. */
export const READY = 'ready';

/** Answers each path that the parent sends, one at a time; ends when the parent goes away. */
export function serveStatfs(channel: NodeJS.Process): void {
  channel.on('message', (path) => {
    channel.send?.(answer(String(path)));
  });
  channel.send?.(READY);
}

function answer(path: string): StatfsAnswer {
  try {
    return { usage: usageOf(fs.statfsSync(path, { bigint: true })) };
  } catch (error) {
    return { errno: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

/** statfs(2) counts in blocks; the products of large file systems pass 2^53 before they are divided again. */
export function usageOf(statfs: fs.BigIntStatsFs): Usage {
  return {
    kind: 'usage',
    totalBytes: Number(statfs.blocks * statfs.bsize),
    freeBytes: Number(statfs.bfree * statfs.bsize),
    availableBytes: Number(statfs.bavail * statfs.bsize),
    inodes: Number(statfs.files),
    inodesFree: Number(statfs.ffree),
  };
}
