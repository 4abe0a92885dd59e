import type { Machine } from '../../../../machine/machine';
import { mountTable, type MountTable } from './mountTable';
import type { Scan, ScannedProcess } from './scan';

/** The mounts as a process sees them; null where they may not be seen. */
export type MountsOf = (process: ScannedProcess) => MountTable | null;

/** A process whose namespace may not be seen is taken for one of the own: most are. */
export function isForeign({ namespace }: ScannedProcess, scan: Scan): boolean {
  return namespace !== null && scan.namespace !== null && namespace !== scan.namespace;
}

/** Reads the mounts of the other mount namespaces, as of containers: one process of each tells for all. */
export async function readForeignMounts(machine: Machine, scan: Scan, signal: AbortSignal): Promise<MountsOf> {
  const members = new Map<string, number>();
  for (const process of scan.processes) {
    if (isForeign(process, scan) && process.namespace !== null && !members.has(process.namespace))
      members.set(process.namespace, process.pid);
  }
  const paths = [...members.values()].map((pid) => `/proc/${pid}/mountinfo`);
  const texts = paths.length === 0 ? null : await machine.files.readMany(paths, { signal, encoding: 'bytes' });
  const tables = new Map<string, MountTable>();
  for (const [namespace, pid] of members) {
    const content = texts?.get(`/proc/${pid}/mountinfo`);
    if (typeof content === 'string') tables.set(namespace, mountTable(content));
  }
  return (process) => (isForeign(process, scan) ? (tables.get(process.namespace ?? '') ?? null) : scan.mounts);
}
