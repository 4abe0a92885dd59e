import type { Machine } from '../../../../machine/machine';
import { parseSmapsRollup, uniqueBytes } from '../kernel/smaps';
import { isDenied } from './fixedParts';
import type { ProcessEntry } from './schema';

/**
 * USS and PSS of these processes: the kernel walks the page tables of each, which takes it long. Kernel threads and
 * zombies have no memory; kernels before 4.14 do not tell, nor of what belongs to others.
 */
export async function withExactMemory(
  machine: Machine,
  entries: readonly ProcessEntry[],
  signal: AbortSignal,
): Promise<ProcessEntry[]> {
  const fileOf = ({ pid }: ProcessEntry): string => `/proc/${pid}/smaps_rollup`;
  const asked = entries.filter((entry) => !entry.kernelThread);
  const texts = await machine.files.readMany(asked.map(fileOf), { signal, encoding: 'bytes' });
  return entries.map((entry) => {
    const content = texts.get(fileOf(entry));
    if (isDenied(content)) return { ...entry, denied: [...entry.denied, 'exact'] };
    const sizes = typeof content === 'string' ? parseSmapsRollup(content) : null;
    if (sizes === null) return entry;
    const { proportionalBytes } = sizes;
    return { ...entry, exactMemory: { uniqueBytes: uniqueBytes(sizes), proportionalBytes } };
  });
}
