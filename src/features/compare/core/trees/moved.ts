import type { ContentOptions } from '../../../../machine/machine';
import { hashAll } from './content';
import type { Pair, Side } from './entry';
import type { TreeSide } from './side';

/** Beyond it nothing more is looked for: each costs memory, and may have to be read. */
const MOST_CANDIDATES = 100_000;

/** Files that only one side has, by their size. */
export class MovedFiles {
  private readonly bySize: Readonly<Record<Side, Map<number, Pair[]>>> = { left: new Map(), right: new Map() };
  private count = 0;

  add(side: Side, pair: Pair): void {
    const entry = pair[side];
    const size = entry?.stat?.sizeBytes ?? 0;
    if (entry?.kind !== 'file' || size === 0 || this.count >= MOST_CANDIDATES) return;
    this.count += 1;
    const group = this.bySize[side].get(size);
    if (group === undefined) this.bySize[side].set(size, [pair]);
    else group.push(pair);
  }

  /** Those that the other side has elsewhere: by content, the nearest name first. */
  async find(
    sides: Readonly<Record<Side, TreeSide>>,
    options: ContentOptions,
    changed: () => void,
  ): Promise<readonly (readonly [left: Pair, right: Pair])[]> {
    const sizes = [...this.bySize.left.keys()].filter((size) => this.bySize.right.has(size));
    const of = (side: Side): readonly Pair[] => sizes.flatMap((size) => this.bySize[side].get(size) ?? []);
    const [lefts, rights] = [of('left'), of('right')];
    const [leftHashes, rightHashes] = await Promise.all([
      hashesOf(sides.left, lefts, 'left', options, changed),
      hashesOf(sides.right, rights, 'right', options, changed),
    ]);
    const free = new Map<string, Pair[]>();
    for (const pair of rights) {
      const hash = rightHashes.get(pair.path);
      if (hash !== undefined) free.set(hash, [...(free.get(hash) ?? []), pair]);
    }
    return lefts.flatMap((left) => {
      const same = free.get(leftHashes.get(left.path) ?? '') ?? [];
      const named = same.findIndex(({ path }) => nameOf(path) === nameOf(left.path));
      const [right] = same.splice(Math.max(0, named), 1);
      return right === undefined ? [] : [[left, right] as const];
    });
  }
}

async function hashesOf(
  side: TreeSide,
  pairs: readonly Pair[],
  which: Side,
  options: ContentOptions,
  changed: () => void,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const files = pairs.flatMap(({ path, [which]: entry }) => (entry === null ? [] : [{ path, entry }]));
  for (const [path, outcome] of await hashAll(side, files, options, changed)) {
    if (outcome.kind === 'hash') hashes.set(path, outcome.sha256);
  }
  return hashes;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
