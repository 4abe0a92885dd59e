import { count, wholeLines, words } from './text';

/** One line of /proc/swaps, see swapon(8). */
export interface SwapArea {
  readonly path: string;
  readonly kind: 'partition' | 'file' | 'unknown';
  readonly sizeBytes: number;
  readonly usedBytes: number;
  /** The higher, the earlier used. */
  readonly priority: number;
}

/** Blank, tab, line feed and backslash stand in a path as three octal digits. */
export function parseSwaps(text: string): readonly SwapArea[] {
  return wholeLines(text)
    .slice(1)
    .flatMap((line): readonly SwapArea[] => {
      const columns = words(line);
      const [path, kind] = columns;
      const [size, used] = [count(columns.at(-3)), count(columns.at(-2))];
      const priority = Number(columns.at(-1));
      if (columns.length < 5 || path === undefined || size === null || used === null || Number.isNaN(priority))
        return [];
      return [
        {
          path: path.replace(/\\([0-3][0-7]{2})/g, (_all, octal: string) =>
            String.fromCharCode(Number.parseInt(octal, 8)),
          ),
          kind: kind === 'partition' || kind === 'file' ? kind : 'unknown',
          sizeBytes: size * 1024,
          usedBytes: used * 1024,
          priority,
        },
      ];
    });
}
