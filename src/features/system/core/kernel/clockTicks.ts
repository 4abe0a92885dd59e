/** What /proc measures in. */
export interface KernelUnits {
  /** Clock ticks a second (CLK_TCK), the unit of times in /proc/PID/stat. */
  readonly ticksPerSecond: number;
  /** Bytes of a page of memory. */
  readonly pageBytes: number;
}

/** Of nearly every machine. */
export const USUAL_UNITS: KernelUnits = { ticksPerSecond: 100, pageBytes: 4096 };

/** Numbers of getauxval(3). */
const AT_NULL = 0;
const AT_PAGESZ = 6;
const AT_CLKTCK = 17;

const WORD_BYTES = [8, 4];

/**
 * From /proc/self/auxv, see proc_pid_auxv(5): pairs of a number and a value, each a machine word. Which words a machine
 * has is not said anywhere, so they are read in each way until the page size is one. `text`: every character is a byte.
 */
export function parseAuxv(text: string): KernelUnits | null {
  for (const wordBytes of WORD_BYTES) {
    for (const littleEndian of [true, false]) {
      const values = valuesOf(text, wordBytes, littleEndian);
      const pageBytes = values.get(AT_PAGESZ) ?? 0;
      const ticksPerSecond = values.get(AT_CLKTCK) ?? 0;
      if (isPageSize(pageBytes) && ticksPerSecond > 0 && ticksPerSecond <= 10_000) return { ticksPerSecond, pageBytes };
    }
  }
  return null;
}

function valuesOf(text: string, wordBytes: number, littleEndian: boolean): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (let at = 0; at + 2 * wordBytes <= text.length; at += 2 * wordBytes) {
    const key = wordAt(text, at, wordBytes, littleEndian);
    if (key === AT_NULL) break;
    values.set(key, wordAt(text, at + wordBytes, wordBytes, littleEndian));
  }
  return values;
}

function wordAt(text: string, start: number, wordBytes: number, littleEndian: boolean): number {
  let value = 0;
  for (let index = 0; index < wordBytes; index++) {
    value = value * 256 + text.charCodeAt(littleEndian ? start + wordBytes - 1 - index : start + index);
  }
  return value;
}

/** 4 KiB to 1 MiB, a power of two. */
function isPageSize(bytes: number): boolean {
  return bytes >= 4096 && bytes <= 1_048_576 && (bytes & (bytes - 1)) === 0;
}
