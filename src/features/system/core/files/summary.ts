import type { Machine } from '../../../../machine/machine';
import { parseLimits } from '../kernel/limits';
import type { NamedProcess } from '../processes/names';
import type { DeletedFile, ProcessFiles } from './schema';
import type { ScannedProcess } from './scan';

/** Processes in the summary. */
export const SUMMARY_ROWS = 200;

/** Those with most descriptors. */
export function busiest(processes: readonly ScannedProcess[]): readonly ScannedProcess[] {
  const open = (process: ScannedProcess): number => process.links.filter(({ how }) => how === 'fd').length;
  return processes
    .map((process) => ({ process, open: open(process) }))
    .filter((one) => one.open > 0)
    .sort((one, other) => other.open - one.open || one.process.pid - other.process.pid)
    .slice(0, SUMMARY_ROWS)
    .map((one) => one.process);
}

export async function readLimits(
  machine: Machine,
  processes: readonly ScannedProcess[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const limits = new Map<number, number>();
  if (processes.length === 0) return limits;
  const paths = processes.map(({ pid }) => `/proc/${pid}/limits`);
  const texts = await machine.files.readMany(paths, { signal });
  for (const { pid } of processes) {
    const content = texts.get(`/proc/${pid}/limits`);
    const limit = typeof content === 'string' ? parseLimits(content).find(({ name }) => name === 'nofile') : undefined;
    if (limit?.soft != null) limits.set(pid, limit.soft);
  }
  return limits;
}

export function processRow(
  process: ScannedProcess,
  names: ReadonlyMap<number, NamedProcess>,
  limits: ReadonlyMap<number, number>,
  deleted: readonly DeletedFile[],
): ProcessFiles {
  const { pid, startTicks, name, links } = process;
  const targets = links.filter(({ how }) => how === 'fd').map(({ target }) => target);
  const number = (test: RegExp): number => targets.filter((target) => test.test(target)).length;
  const [files, sockets, pipes] = [number(/^\//), number(/^socket:/), number(/^pipe:/)];
  const held = deleted.filter(({ holders: all }) => all.some((holder) => holder.pid === pid));
  return {
    pid,
    startTicks,
    name: names.get(pid)?.name ?? name,
    user: names.get(pid)?.user ?? null,
    open: targets.length,
    files,
    sockets,
    pipes,
    others: targets.length - files - sockets - pipes,
    limit: limits.get(pid) ?? null,
    deletedBytes: held.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0),
  };
}
