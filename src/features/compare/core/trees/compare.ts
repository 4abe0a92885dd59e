import { liveResults } from '../../../../lib/liveResults';
import { TreeComparison } from './comparison';
import { metadataOf, wordsOf, type DirectoriesInput } from './inputs';
import { ManySides } from './manySides';
import type { DirectoriesResult } from './schema';
import { linesOf, narrowed } from './narrowed';
import { openSide, type SideContext } from './sides';
import { withXattrs } from './xattrs';

/** compare.directories. Throws ExpectedError where a side is not there. */
export async function* compareDirectories(
  input: DirectoriesInput,
  context: SideContext & {
    readonly live: boolean;
    readonly progress: (result: DirectoriesResult) => void;
  },
): AsyncGenerator<DirectoriesResult, void, undefined> {
  const names = [input.left, input.right, ...wordsOf(input.more)];
  const only = linesOf(input.only);
  const hash = input.mode !== 'size' || input.moved;
  const opened = await Promise.all(names.map((name) => openSide(name, { ...context, hash })));
  const limited = only.length === 0 ? opened : opened.map((side) => narrowed(side, only));
  const sides = metadataOf(input.metadata).includes('xattr') ? limited.map(withXattrs) : limited;
  const [left, right, ...more] = sides;
  if (left === undefined || right === undefined) throw new Error('there are two sides at least');
  const work = more.length > 0 ? new ManySides(input, sides) : new TreeComparison(input, { left, right });
  for await (const result of liveResults(work, context.signal, context.live)) {
    context.progress(result);
    yield result;
  }
}
