import * as l10n from '@vscode/l10n';
import { encodePath, shownPath } from '../../../../../lib/bytePath';
import { ExpectedError } from '../../../../../lib/errors';
import { mapPool } from '../../../../../lib/pool';
import { below } from '../../../../../machine/treePaths';
import { gitPatch, type GitFile } from '../../patch/gitPatch';
import { otherSide, type Side } from '../../trees/entry';
import type { EntryFacts } from '../../trees/schema';
import type { TreeSide } from '../../trees/side';
import type { Step, SyncPlan } from '../schema';
import type { TwoSides } from '../survey';
import type { PlanText } from './rsync';

const AT_ONCE = 16;
/** Of one file. */
const LARGEST_BYTES = 16 * 1_048_576;
/** Of all texts together. */
const LARGEST_PATCH = 64 * 1_048_576;

/** The steps that change that side as a patch, in the order of their paths. Throws ExpectedError. */
export async function planPatch(
  { steps }: SyncPlan,
  sides: TwoSides,
  to: Side,
  signal: AbortSignal,
): Promise<PlanText> {
  const some = steps.filter((step) => step.to === to && !isFolder(step)).sort(byPath);
  const notes: string[] = [];
  let length = 0;
  const parts = await mapPool(some, AT_ONCE, async (step) => {
    const { text, note } = await partOf(step, sides, signal);
    if (note !== null) notes.push(note);
    length += text.length;
    if (length > LARGEST_PATCH) {
      throw new ExpectedError('too-large', l10n.t('The patch would be too large. Take the folders in parts.'));
    }
    return text;
  });
  return { to, text: parts.join(''), notes: notes.sort() };
}

function byPath(one: Step, other: Step): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return Number(other.first) - Number(one.first);
}

/** Git has no folders. */
function isFolder({ source, target }: Step): boolean {
  return (source ?? target)?.kind === 'directory';
}

async function partOf(step: Step, sides: TwoSides, signal: AbortSignal): Promise<ReturnType<typeof gitPatch>> {
  const { path, to, source, target } = step;
  try {
    const [before, after] = await Promise.all([
      fileOf(sides[to], path, target, signal),
      step.action === 'delete' ? null : fileOf(sides[otherSide(to)], path, source, signal),
    ]);
    return gitPatch({ path, before, after });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { text: '', note: l10n.t('{0} is not in the patch: {1}', shownPath(path), error.message) };
  }
}

async function fileOf(
  { machine, root }: TreeSide,
  path: string,
  facts: EntryFacts | null,
  signal: AbortSignal,
): Promise<GitFile | null> {
  if (facts === null) return null;
  if (facts.kind === 'symlink') {
    return { kind: 'symlink', isExecutable: false, bytes: encodePath(facts.linkTarget ?? '') };
  }
  const bytes = await machine.files.read(below(root, path), { signal, maxBytes: LARGEST_BYTES });
  return { kind: 'file', isExecutable: ((facts.mode ?? 0) & 0o100) !== 0, bytes };
}
