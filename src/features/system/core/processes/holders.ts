import type { FileFailure, FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import { isCancelled } from '../../../../lib/errors';
import { inodesOfPort } from '../kernel/processSockets';
import type { RawProcess, RawProcesses } from './rawProcess';

const SOCKET_FILES = ['tcp', 'tcp6', 'udp', 'udp6'];
const DEADLINE_MS = 2_000;

/** To be read of all processes in order to tell who owns a port. */
export const PORT_ITEMS: readonly ReadItem[] = [
  ...SOCKET_FILES.map((name) => `/proc/net/${name}`),
  { path: '/proc/self/ns/net', what: 'link' },
  { path: '/proc/[0-9]*/ns/net', what: 'link' },
];

/** To be read of all processes, beside where their file descriptors lead, in order to tell who has a file open. */
export const FILE_ITEMS: readonly ReadItem[] = [{ path: '/proc/[0-9]*/root', what: 'link' }, '/proc/[0-9]*/maps'];

/**
 * Which processes own a socket with that local port. Sockets belong to a network namespace: those of containers are read
 * in a second round, through one process of each.
 */
export async function portOwners(
  machine: Machine,
  port: number,
  texts: FileTexts,
  processes: RawProcesses,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const own = texts.get('/proc/self/ns/net');
  const places = ['/proc', ...foreignNamespaces(processes, own).map((pid) => `/proc/${pid}`)];
  const files = places.flatMap((place) => SOCKET_FILES.map((name) => `${place}/net/${name}`));
  const more = places.length === 1 ? texts : await machine.files.readMany(files.slice(SOCKET_FILES.length), { signal });
  const inodes = new Set<string>();
  for (const file of files) {
    const text = texts.get(file) ?? more.get(file);
    if (typeof text === 'string') for (const inode of inodesOfPort(text, port)) inodes.add(inode);
  }
  return pidsOf(processes, ({ sockets }) => sockets?.some((inode) => inodes.has(inode)) === true);
}

/** One process of each network namespace but the own. */
function foreignNamespaces(processes: RawProcesses, own: string | FileFailure | undefined): readonly number[] {
  const found = new Map<string, number>();
  for (const [pid, { netNamespace }] of processes) {
    if (typeof netNamespace !== 'string' || netNamespace === own || found.has(netNamespace)) continue;
    found.set(netNamespace, pid);
  }
  return typeof own === 'string' ? [...found.values()] : [];
}

/** Who has the file open, runs it, has it mapped, or has it as its folder or root. */
export function fileUsers(processes: RawProcesses): ReadonlySet<number> {
  return pidsOf(processes, ({ usesFile }) => usesFile);
}

function pidsOf(processes: RawProcesses, fits: (process: RawProcess) => boolean): ReadonlySet<number> {
  const pids = new Set<number>();
  for (const [pid, process] of processes) if (fits(process)) pids.add(pid);
  return pids;
}

/** The path as it was given and, where links lead elsewhere, as the kernel calls it. */
export async function namesOfFile(machine: Machine, path: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  try {
    const { exitCode, stdout } = await machine.exec(['readlink', '-f', '--', path], {
      signal,
      deadlineMs: DEADLINE_MS,
    });
    const resolved = Buffer.from(stdout).toString('utf8').replace(/\n$/, '');
    return exitCode === 0 && resolved !== '' ? new Set([path, resolved]) : new Set([path]);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return new Set([path]);
  }
}
