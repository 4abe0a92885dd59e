import type { FileTexts } from '../../../../machine/machine';
import { chosenOf } from '../kernel/hugepages';
import { percentOf } from '../kernel/numbers';
import { parseSwaps } from '../kernel/swaps';
import { count, singleValue, words, wholeLines } from '../kernel/text';
import type { MemoryDetails, MemoryNode, MemorySettings, SwapDevice } from './schema';

export const DETAIL_PATTERNS: readonly string[] = [
  '/proc/swaps',
  '/sys/block/*/mm_stat',
  '/sys/devices/system/node/node*/meminfo',
  '/sys/kernel/mm/transparent_hugepage/enabled',
  '/proc/sys/vm/overcommit_memory',
  '/proc/sys/vm/swappiness',
];

/** See proc_meminfo(5). */
export function memoryDetails(meminfo: string): MemoryDetails {
  const values = kibibytes(meminfo, /^([^:\s]+):\s+(\d+) kB$/);
  const value = (name: string): number | null => values.get(name) ?? null;
  return {
    anonymousBytes: value('AnonPages'),
    mappedBytes: value('Mapped'),
    reclaimableSlabBytes: value('SReclaimable'),
    unreclaimableSlabBytes: value('SUnreclaim'),
    kernelStackBytes: value('KernelStack'),
    pageTableBytes: value('PageTables'),
    percpuBytes: value('Percpu'),
    unevictableBytes: value('Unevictable'),
    lockedBytes: value('Mlocked'),
    corruptedBytes: value('HardwareCorrupted'),
    transparentHugeBytes: value('AnonHugePages'),
    zswapBytes: value('Zswap'),
    zswappedBytes: value('Zswapped'),
  };
}

const OVERCOMMIT = ['heuristic', 'always', 'never'] as const;

/** See Documentation/admin-guide/sysctl/vm.rst of the kernel. */
export function memorySettings(texts: FileTexts): MemorySettings {
  const value = (path: string): string | null => singleValue(texts.get(path));
  const overcommit = count(value('/proc/sys/vm/overcommit_memory') ?? undefined);
  return {
    overcommit: overcommit === null ? null : (OVERCOMMIT[overcommit] ?? null),
    swappiness: count(value('/proc/sys/vm/swappiness') ?? undefined),
    transparentHugePages: chosenOf(value('/sys/kernel/mm/transparent_hugepage/enabled')),
  };
}

export function swapDevices(texts: FileTexts): readonly SwapDevice[] {
  const content = texts.get('/proc/swaps');
  const areas = typeof content === 'string' ? parseSwaps(content) : [];
  return areas
    .map(({ path, kind, sizeBytes, usedBytes, priority }): SwapDevice => {
      const zram = /^\/dev\/(zram\d+)$/.exec(path)?.[1];
      return {
        path,
        kind: zram === undefined ? kind : 'zram',
        sizeBytes,
        usedBytes,
        usedPercent: percentOf(usedBytes, sizeBytes),
        priority,
        compressedBytes: zram === undefined ? null : zramBytes(singleValue(texts.get(`/sys/block/${zram}/mm_stat`))),
      };
    })
    .sort((one, other) => other.priority - one.priority);
}

/** The third word, mem_used_total, see Documentation/admin-guide/blockdev/zram.rst of the kernel. */
function zramBytes(text: string | null): number | null {
  return count(words(text ?? '')[2]);
}

/** `Node 0 MemTotal:  16384 kB`. */
export function memoryNodes(texts: FileTexts): readonly MemoryNode[] {
  const nodes: MemoryNode[] = [];
  for (const [path, content] of texts) {
    const id = count(/^\/sys\/devices\/system\/node\/node(\d+)\/meminfo$/.exec(path)?.[1]);
    if (id === null || typeof content !== 'string') continue;
    const values = kibibytes(content, /^Node \d+ ([^:\s]+):\s+(\d+) kB$/);
    const [totalBytes, freeBytes] = [values.get('MemTotal'), values.get('MemFree')];
    if (totalBytes === undefined || freeBytes === undefined) continue;
    nodes.push({
      id,
      totalBytes,
      freeBytes,
      usedBytes: values.get('MemUsed') ?? Math.max(0, totalBytes - freeBytes),
      fileBytes: values.get('FilePages') ?? null,
      anonymousBytes: values.get('AnonPages') ?? null,
    });
  }
  return nodes.sort((one, other) => one.id - other.id);
}

function kibibytes(text: string, line: RegExp): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const one of wholeLines(text)) {
    const [, name, number] = line.exec(one.trimEnd()) ?? [];
    const value = count(number);
    if (name !== undefined && value !== null) values.set(name, value * 1024);
  }
  return values;
}
