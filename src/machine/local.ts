import * as path from 'node:path';
import { connectLocal } from './local/connect';
import { execLocal } from './local/exec';
import { changeFile, hardLink, makeFolder, makeLink, removeFile } from './local/change';
import { listFolder, readFile, readLink, resolvePath, statFile } from './local/files';
import { localProcesses } from './local/processes';
import { BatchReader } from './local/readMany';
import { StatfsPool } from './local/statfsPool';
import { renameFile } from './local/rename';
import { startLocal } from './local/start';
import { streamFile } from './local/stream';
import { compareLocal, hashLocal } from './local/trees/many';
import { TreePool } from './local/trees/pool';
import { walkLocal } from './local/trees/walk';
import { readUsage } from './local/usage';
import { writeFile } from './local/write';
import { writeFileStream } from './local/writeStream';
import type { Machine, Platform } from './machine';

/** The machine where this code runs. */
export interface LocalMachine extends Machine {
  /** Ends the helpers and what exec still runs, and waits for that; what is on its way rejects with CancelledError. */
  dispose(): Promise<void>;
}

export interface LocalMachineOptions {
  /** The compiled localWorker.ts. It lies beside this file, also when both are bundled. */
  readonly workerFile?: string;
  /** How long a batch of readMany may take before it is answered with what has been read. Default 10,000. */
  readonly batchDeadlineMs?: number;
  /** How long an unused helper is kept. Default 30,000. */
  readonly idleMs?: number;
  /** How long a thread may stay at one file or folder of a tree before it is gone on without. Default 10,000. */
  readonly treeHangMs?: number;
}

/** Starts nothing: the helpers that read files and ask file systems are started by their first use. */
export function createLocalMachine(options: LocalMachineOptions = {}): LocalMachine {
  const { workerFile = path.join(__dirname, 'localWorker.js'), batchDeadlineMs = 10_000, idleMs = 30_000 } = options;
  const batches = new BatchReader({ workerFile, deadlineMs: batchDeadlineMs, idleMs });
  const statfs = new StatfsPool({ workerFile, idleMs });
  const { treeHangMs: hangMs } = options;
  const trees = new TreePool({ workerFile, idleMs, ...(hangMs === undefined ? {} : { hangMs }) });
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const watch = (work: Promise<unknown>): void => {
    running.add(work);
    const ended = (): boolean => running.delete(work);
    work.then(ended, ended);
  };
  return {
    name: 'local',
    platform: platformOf(process.platform),
    ownPid: process.pid,
    files: {
      list: listFolder,
      stat: statFile,
      resolve: resolvePath,
      readLink,
      read: readFile,
      readMany: (items, readOptions) => batches.read(items, readOptions),
      stream: streamFile,
      writeStream: writeFileStream,
      write: writeFile,
      makeFolder,
      makeLink,
      hardLink,
      rename: renameFile,
      remove: removeFile,
      change: changeFile,
      usage: (mountPoints, usageOptions) => readUsage(statfs, mountPoints, usageOptions),
      walk: (root, walkOptions) => walkLocal(trees, root, walkOptions),
      hashMany: (root, paths, contentOptions) => hashLocal(trees, root, paths, contentOptions),
      compareMany: (roots, paths, contentOptions) => compareLocal(trees, roots, paths, contentOptions),
    },
    exec(command, execOptions) {
      const result = execLocal(command, execOptions, closing.signal);
      watch(result);
      return result;
    },
    async start(command, startOptions) {
      const started = await startLocal(command, startOptions, closing.signal);
      watch(started.ended);
      return started;
    },
    connect: connectLocal,
    processes: localProcesses,
    async dispose() {
      closing.abort();
      await Promise.allSettled([...running, batches.close(), statfs.close(), trees.close()]);
    },
  };
}

/** As Machine.platform names it. */
export function platformOf(platform: NodeJS.Platform): Platform {
  switch (platform) {
    case 'linux':
    case 'darwin':
    case 'win32':
    case 'freebsd':
      return platform;
    default:
      return 'other';
  }
}
