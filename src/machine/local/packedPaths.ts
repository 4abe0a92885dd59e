/**
 * Thousands of paths as one text, each of which becomes a string when it is its turn. Strings of their own would all be
 * there for as long as a batch takes, in each thread that helps with it, and much longer as garbage.
 */
export interface PackedPaths {
  /** One after the other. */
  readonly text: string;
  /** Of each, where it ends in `text`. */
  readonly ends: Uint32Array;
}

export function packPaths(paths: readonly string[]): PackedPaths {
  const ends = new Uint32Array(paths.length);
  let end = 0;
  for (const [index, path] of paths.entries()) {
    end += path.length;
    ends[index] = end;
  }
  return { text: paths.join(''), ends };
}

export function pathAt({ text, ends }: PackedPaths, index: number): string {
  return text.slice(ends[index - 1] ?? 0, ends[index]);
}
