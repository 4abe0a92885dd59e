import type { DirectoryRow } from '../trees/schema';
import { decide, type Choice, type DecideOptions } from './decide';
import type { PlanChoices } from './inputs';
import { pathsOf } from './paths';
import type { Counts, LeftOut, Step, SyncPlan } from './schema';

/** Steps and what is left alone, of the rows of a comparison in the order of their paths. Pure. */
export function makePlan(
  rows: readonly DirectoryRow[],
  choiceOf: (path: string) => Choice,
  options: DecideOptions,
): Pick<SyncPlan, 'steps' | 'left'> {
  const steps: Step[] = [];
  const left: LeftOut[] = [];
  /** Folders that are left alone: what is in them goes with them, unless something else was chosen for it. */
  const closed = new Map<string, Choice>();
  for (const row of rows) {
    const choice = choiceOf(row.path);
    if (aboveOf(row.path).some((folder) => closed.get(folder) === choice)) continue;
    const decision = decide(row, choice, options);
    if (decision.kind === 'steps') steps.push(...decision.steps);
    if (decision.kind !== 'left') continue;
    left.push(decision.left);
    closed.set(row.path, choice);
  }
  return withoutFullFolders(inTheWay(steps), left);
}

/** What the inputs say of each path: the nearest name above it decides. */
export function choicesOf({ direction, takeLeft, takeRight, skip }: PlanChoices): (path: string) => Choice {
  const named = new Map<string, Choice>();
  const name = (text: string, choice: Choice): void => {
    for (const path of pathsOf(text)) named.set(path, choice);
  };
  name(takeLeft, { rule: 'mirror', to: 'right' });
  name(takeRight, { rule: 'mirror', to: 'left' });
  name(skip, { rule: 'leave', isChosen: true });
  const otherwise = choiceOfAll(direction);
  if (named.size === 0) return () => otherwise;
  return (path) => {
    for (const at of [path, ...aboveOf(path)]) {
      const choice = named.get(at);
      if (choice !== undefined) return choice;
    }
    return otherwise;
  };
}

function choiceOfAll(direction: PlanChoices['direction']): Choice {
  if (direction === 'both') return { rule: 'both' };
  if (direction === 'none') return { rule: 'leave', isChosen: false };
  const [rule, to] = direction.split('-') as ['mirror' | 'update' | 'add', 'left' | 'right'];
  return { rule, to };
}

/** Folders above a path, the nearest first; without the root. */
export function aboveOf(path: string): readonly string[] {
  const above: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) above.push(path.slice(0, at));
  return above;
}

/** What is in a folder whose name something else gets goes before, too. */
function inTheWay(steps: readonly Step[]): readonly Step[] {
  const folders = new Set(steps.filter(({ first }) => first).map(keyOf));
  if (folders.size === 0) return steps;
  return steps.map((step) => {
    const isInside = aboveOf(step.path).some((path) => folders.has(keyOf({ ...step, path })));
    return step.action === 'delete' && isInside ? { ...step, first: true } : step;
  });
}

/** A folder in which something stays is not deleted, and nothing else gets its name. */
function withoutFullFolders(
  steps: readonly Step[],
  left: readonly LeftOut[],
): { readonly steps: Step[]; readonly left: LeftOut[] } {
  const full = new Set(left.flatMap(({ path }) => aboveOf(path)));
  const stays = steps.filter(
    ({ action, path, target }) => action === 'delete' && target?.kind === 'directory' && full.has(path),
  );
  if (stays.length === 0) return { steps: [...steps], left: [...left] };
  const staying = new Set(stays.map(keyOf));
  const isStaying = (step: Step): boolean => staying.has(keyOf(step)) && step.action !== 'change';
  return {
    steps: steps.filter((step) => !isStaying(step)),
    left: [
      ...left,
      ...stays.map(({ path }) => ({ path, kind: 'skipped' as const, why: 'not-empty' as const, reason: null })),
    ],
  };
}

function keyOf({ to, path }: Pick<Step, 'to' | 'path'>): string {
  return `${to}:${path}`;
}

export function countsOf(steps: readonly Step[]): Counts {
  const counts = noCounts();
  for (const step of steps) count(counts, step, step.source?.sizeBytes ?? 0);
  return counts;
}

export function noCounts(): { -readonly [Key in keyof Counts]: number } {
  return { folders: 0, files: 0, links: 0, changes: 0, deletes: 0, bytes: 0 };
}

/** Adds a step of which so many bytes are copied. */
export function count(
  counts: { -readonly [Key in keyof Counts]: number },
  step: Pick<Step, 'action'>,
  bytes: number,
): void {
  const of = { folder: 'folders', copy: 'files', link: 'links', change: 'changes', delete: 'deletes' } as const;
  counts[of[step.action]] += 1;
  if (step.action === 'copy') counts.bytes += bytes;
}

/** What is kept of the two sides when the steps are done. */
export function backupBytesOf(steps: readonly Step[]): number {
  return steps
    .filter(({ action }) => action !== 'change')
    .reduce((sum, { target }) => sum + (target?.sizeBytes ?? 0), 0);
}
