import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DirectoriesInput } from '../../../../../src/features/compare/core/trees/inputs';
import type { DirectoriesResult, DirectoryRow } from '../../../../../src/features/compare/core/trees/schema';
import { directoriesTool } from '../../../../../src/features/compare/treeTools';
import type { RunContext } from '../../../../../src/tool/tool';

export type Random = () => number;

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface TreeOptions {
  readonly links?: boolean;
  readonly clashes?: boolean;
  readonly names?: readonly string[];
}

const NAMES = [
  'a',
  'B',
  'b',
  'a b',
  'a-b',
  'ab.txt',
  'ä',
  '.hidden',
  'RCS',
  'tags',
  "it's",
  'x"y',
  'z',
  'long'.repeat(20),
];
const TIMES = [1_500_000_000, 1_500_000_001.5, 1_600_000_000];

/** Two trees that have much in common, below `root`: 'left' and 'right'. */
export function makeRandomTrees(root: string, seed: number, options: TreeOptions = {}): void {
  const random = randomFrom(seed);
  const { names = NAMES, links = true, clashes = true } = options;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const fill = (folder: string, depth: number): void => {
    for (const side of ['left', 'right']) fs.mkdirSync(path.join(root, side, folder), { recursive: true });
    for (const name of names) {
      if (random() < 0.4) continue;
      const below = path.join(folder, name);
      const both = random();
      const sides = both < 0.1 ? ['left'] : both < 0.2 ? ['right'] : ['left', 'right'];
      const kind = random();
      if (kind < 0.3 && depth > 0) {
        if (sides.length === 2) fill(below, depth - 1);
        else fillAlone(path.join(root, sides[0] ?? '', below), depth - 1);
      } else if (kind < 0.4 && links) {
        for (const side of sides) fs.symlinkSync(pick(['nowhere', '.', 'a']), path.join(root, side, below));
      } else if (kind < 0.43 && clashes && sides.length === 2) {
        fs.mkdirSync(path.join(root, 'left', below, 'inner'), { recursive: true });
        fs.writeFileSync(path.join(root, 'right', below), 'file');
      } else {
        for (const side of sides) writeRandom(path.join(root, side, below));
      }
    }
  };
  const fillAlone = (folder: string, depth: number): void => {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of names.slice(0, 5)) {
      if (random() < 0.3 && depth > 0) fillAlone(path.join(folder, name), depth - 1);
      else writeRandom(path.join(folder, name));
    }
  };
  const writeRandom = (file: string): void => {
    const content = random();
    const bytes =
      content < 0.9 ? pick(['', 'one', 'two', 'three', 'one\n']) : `${'x'.repeat(70_000)}${pick(['1', '2'])}`;
    fs.writeFileSync(file, bytes);
    const time = pick(TIMES);
    fs.utimesSync(file, time, time);
  };
  fill('', 3);
}

/** The last result, as its schema has it, of what the tool does with an input. */
export async function compare(
  input: Partial<DirectoriesInput> & Pick<DirectoriesInput, 'left' | 'right'>,
  context: RunContext,
): Promise<DirectoriesResult> {
  let last: DirectoriesResult | undefined;
  for await (const result of directoriesTool.run(directoriesTool.input.parse(input), context)) last = result;
  return directoriesTool.result.parse(JSON.parse(JSON.stringify(last)));
}

export function pathsOf(
  rows: readonly DirectoryRow[],
  ...differences: readonly DirectoryRow['difference'][]
): string[] {
  return rows
    .filter(({ difference }) => differences.includes(difference))
    .map(({ path: file }) => file)
    .sort();
}
