import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { CancelledError, ExpectedError } from '../../../../lib/errors';
import { localName } from '../../../../machine/machines';
import { below } from '../../../../machine/treePaths';
import { backupsFolder } from '../backup/place';
import { TreeComparison } from '../trees/comparison';
import { SIDES, type Side } from '../trees/entry';
import { directoriesInput, type DirectoriesInput } from '../trees/inputs';
import { narrowed } from '../trees/narrowed';
import type { DirectoriesResult } from '../trees/schema';
import type { TreeSide } from '../trees/side';
import { openSide, type SideContext } from '../trees/sides';
import type { PlanChoices } from './inputs';
import { pathsOf } from './paths';
import { choicesOf, makePlan } from './makePlan';
import { MOST_STEPS, type SyncPlan } from './schema';

/** Finer than that, no machine sets times; over SSH it is whole seconds. */
const LOCAL_TOLERANCE_MS = 1;
const REMOTE_TOLERANCE_MS = 1_000;
/** A result is made of all rows: not at every change. */
const TELL_MS = 500;

export interface SurveyContext extends SideContext {
  readonly compared: (result: DirectoriesResult) => void;
}

export type TwoSides = Readonly<Record<Side, TreeSide>>;

/** Both folders, checked to be such that one can be made like the other. Throws ExpectedError. */
export async function openBoth(choices: PlanChoices, context: SideContext): Promise<TwoSides> {
  const [left, right] = await Promise.all([openSide(choices.left, context), openSide(choices.right, context)]);
  for (const { told, root, machine } of [left, right]) {
    if (told.source === 'folder') continue;
    const text = l10n.t(
      '{0} on {1} is no folder: it can be compared, but not be made like another one. Choose a folder.',
      shownPath(root),
      machine.name,
    );
    throw new ExpectedError('unsupported', text);
  }
  if (left.machine.name === right.machine.name) refuseNested(left.root, right.root);
  return { left, right };
}

function refuseNested(left: string, right: string): void {
  const isIn = (path: string, folder: string): boolean => `${path}/`.startsWith(folder === '/' ? '/' : `${folder}/`);
  if (!isIn(left, right) && !isIn(right, left)) return;
  const text = l10n.t(
    '{0} and {1} are the same folder, or one lies in the other. Choose two folders.',
    shownPath(left),
    shownPath(right),
  );
  throw new ExpectedError('invalid-input', text);
}

/** Compares both sides, as far as the choices reach, and says what is to be done. Throws ExpectedError. */
export async function surveyPlan(choices: PlanChoices, sides: TwoSides, context: SurveyContext): Promise<SyncPlan> {
  const isRemote = SIDES.some((side) => sides[side].machine.name !== localName);
  const toleranceMs = Math.max(choices.timeTolerance * 1_000, isRemote ? REMOTE_TOLERANCE_MS : LOCAL_TOLERANCE_MS);
  const result = await compared(choices, sides, toleranceMs, context);
  const places = { left: placeOf(sides.left), right: placeOf(sides.right) };
  const own = await Promise.all(SIDES.map((side) => backupsWithin(sides[side], context.signal)));
  const rows = result.rows.filter(
    ({ path, difference }) =>
      !(choices.metadata === 'none' && difference === 'metadata') && !own.some((folder) => isAt(path, folder)),
  );
  return { places, ...makePlan(rows, choicesOf(choices), { toleranceMs }) };
}

async function compared(
  choices: PlanChoices,
  sides: TwoSides,
  toleranceMs: number,
  { signal, compared: tell }: SurveyContext,
): Promise<DirectoriesResult> {
  const comparison = new TreeComparison(comparisonInput(choices, toleranceMs), limited(choices, sides), {
    mostRows: MOST_STEPS,
    rowsInside: true,
  });
  let toldAt = 0;
  await comparison.run(signal, () => {
    if (performance.now() - toldAt < TELL_MS) return;
    toldAt = performance.now();
    tell(comparison.result());
  });
  const result = comparison.result();
  if (result.state === 'cancelled') throw new CancelledError('cancelled');
  if (result.state === 'stopped') {
    const reason = result.sides.find(({ stopReason }) => stopReason !== null)?.stopReason ?? '';
    throw new ExpectedError('failed', l10n.t('Not all could be compared, and so nothing was planned: {0}', reason));
  }
  if (result.rowsLeftOut === 0) return result;
  const text = l10n.t('There are more than {0} differences. Take the folders in parts, or exclude some.', MOST_STEPS);
  throw new ExpectedError('too-large', text);
}

/** Where only some paths are named, nothing else is looked at. */
function limited(choices: PlanChoices, sides: TwoSides): TwoSides {
  if (choices.direction !== 'none') return sides;
  const paths = [...pathsOf(choices.takeLeft), ...pathsOf(choices.takeRight)];
  return { left: narrowed(sides.left, paths), right: narrowed(sides.right, paths) };
}

function comparisonInput(choices: PlanChoices, toleranceMs: number): DirectoriesInput {
  const { left, right, mode, ignore, include, exclude, gitignore, oneFileSystem, metadata } = choices;
  return directoriesInput.parse({
    left,
    right,
    mode,
    ignore,
    include,
    exclude,
    gitignore,
    oneFileSystem,
    // Also where it does not count: what was there is told by size and time.
    metadata: metadata === 'none' ? 'mode' : metadata,
    timeTolerance: Math.min(86_400, toleranceMs / 1_000),
  });
}

/** What was replaced or deleted before is no part of the folder; null where it does not lie in it. */
async function backupsWithin({ machine, root }: TreeSide, signal: AbortSignal): Promise<string | null> {
  const start = below(root, '/').replace(/\/+$/, '/');
  const folder = await backupsFolder(machine, signal);
  return folder.startsWith(start) ? folder.slice(start.length) : null;
}

function isAt(path: string, folder: string | null): boolean {
  return folder !== null && (path === folder || path.startsWith(`${folder}/`));
}

function placeOf({ machine, root }: TreeSide): SyncPlan['places'][Side] {
  return { machine: machine.name, path: root };
}
