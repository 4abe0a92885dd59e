import type { Machine } from './machine';
import { connectHost, type GetTransport } from './ssh/shell/connection';
import { execRemote } from './ssh/shell/exec';
import { hostFiles, type FileWay } from './ssh/shell/files';
import { remoteProcesses } from './ssh/shell/processes';
import { perlReading, readBatch, shReading, type BatchReading } from './ssh/shell/readMany';
import { shellFiles } from './ssh/shell/shellFiles';
import { startRemote } from './ssh/shell/start';
import { hostTrees } from './ssh/shell/trees/hostTrees';
import type { TreeTools } from './ssh/shell/trees/tools';
import { UsageReader } from './ssh/shell/usage';

/** A host that SSH reaches. Nothing is installed there: what runs on it are sh and what is there already. */
export interface SshMachine extends Machine {
  /** By what files are reached; null until the first use has found out. */
  fileWay(): FileWay | null;
  /** Ends what was started there and waits for that. The connection is its owner's. */
  dispose(): Promise<void>;
}

export interface SshMachineParts {
  /** As Machine.name. */
  readonly name: string;
  /** The connection, or a new one where the last is lost. */
  readonly transport: GetTransport;
  readonly log: { debug(message: string): void };
  /** How long a batch of readMany may take before it is answered with what has come. Default 10,000. */
  readonly batchDeadlineMs?: number;
  /** Reads batches by sh also where there is perl, which is faster. */
  readonly withoutPerl?: boolean;
  /** Works on trees as if the host had these tools and no others. */
  readonly treeTools?: Partial<TreeTools>;
}

/**
 * Looks at the host once, in one round trip. Throws ExpectedError: what the connection throws, and 'unsupported' for a
 * host without a POSIX shell.
 */
export async function openSshMachine(parts: SshMachineParts, signal: AbortSignal): Promise<SshMachine> {
  const { name, batchDeadlineMs = 10_000 } = parts;
  const host = await connectHost(parts.transport, name, signal);
  const { facts, transport } = host;
  parts.log.debug(`${name}: ${facts.platform}`);
  const byPerl = perlReading(host.readers);
  const bySh = shReading(host.shells, facts.platform);
  const reading = async (limited: AbortSignal): Promise<BatchReading> =>
    parts.withoutPerl !== true && (await host.hasPerl(limited)) ? byPerl : bySh;
  const usage = new UsageReader(host.shells, facts.platform);
  const files = hostFiles(transport, name, shellFiles(host, name));
  const trees = hostTrees({ host, name, sftp: files.sftp, files: files.verbs, tools: parts.treeTools ?? {} });
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const watched = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const ended = (): boolean => running.delete(work);
    work.then(ended, ended);
    return work;
  };
  return {
    name,
    platform: facts.platform,
    ownPid: facts.serverPid,
    files: {
      ...files.verbs,
      readMany: async (items, options) => readBatch(await reading(options.signal), items, options, batchDeadlineMs),
      usage: (mountPoints, options) => usage.read(mountPoints, options),
      ...trees,
    },
    fileWay: files.way,
    exec: (command, options) => watched(execRemote(host, name, command, options, closing.signal)),
    async start(command, options) {
      const started = await startRemote(host, name, command, options, closing.signal);
      void watched(started.ended).catch(() => undefined);
      return started;
    },
    connect: async (address, limited) => (await transport(limited)).connect({ kind: 'tcp', ...address }, limited),
    processes: remoteProcesses(host.run, name),
    async dispose() {
      closing.abort();
      await Promise.allSettled([...running]);
      files.close();
      host.close();
    },
  };
}
