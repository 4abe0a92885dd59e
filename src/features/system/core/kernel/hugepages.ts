import type { FileTexts } from '../../../../machine/machine';
import { count, singleValue } from './text';

/** Huge pages of one size, see Documentation/admin-guide/mm/hugetlbpage.rst of the kernel. */
export interface HugePagePool {
  readonly pageBytes: number;
  readonly pages: number;
  readonly freePages: number;
  /** Promised and not yet touched. */
  readonly reservedPages: number | null;
  /** Beyond the pool, given back when they are freed. */
  readonly surplusPages: number | null;
}

export const HUGE_PAGE_PATTERNS: readonly string[] = [
  '/sys/kernel/mm/hugepages/*/nr_hugepages',
  '/sys/kernel/mm/hugepages/*/free_hugepages',
  '/sys/kernel/mm/hugepages/*/resv_hugepages',
  '/sys/kernel/mm/hugepages/*/surplus_hugepages',
];

/** Smallest pages first. */
export function hugePagePools(texts: FileTexts): readonly HugePagePool[] {
  const pools: HugePagePool[] = [];
  for (const [path, content] of texts) {
    const [, folder = '', kibibytes] =
      /^(\/sys\/kernel\/mm\/hugepages\/hugepages-(\d+)kB)\/nr_hugepages$/.exec(path) ?? [];
    const value = (name: string): number | null => count(singleValue(texts.get(`${folder}/${name}`)) ?? undefined);
    const size = count(kibibytes);
    const pages = count(singleValue(content) ?? undefined);
    if (size === null || pages === null) continue;
    pools.push({
      pageBytes: size * 1024,
      pages,
      freePages: value('free_hugepages') ?? 0,
      reservedPages: value('resv_hugepages'),
      surplusPages: value('surplus_hugepages'),
    });
  }
  return pools.sort((one, other) => one.pageBytes - other.pageBytes);
}

/** The word in brackets of a setting such as `always [madvise] never`; null when there is none. */
export function chosenOf(text: string | null): string | null {
  return /\[([^\]]+)\]/.exec(text ?? '')?.[1] ?? null;
}
