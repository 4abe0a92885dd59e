import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../lib/errors';
import { liveResults } from '../../lib/liveResults';
import { localName } from '../../machine/machines';
import { refuseReadOnly } from '../../tool/policy';
import type { ChangeTool, RunContext, Tool } from '../../tool/tool';
import { backupsInput, backupsResult, emptyInput, undoInput } from './core/backup/inputs';
import type { BackupsResult, EmptyInput, UndoInput } from './core/backup/inputs';
import { bytesOf } from './core/backup/bounds';
import { chosenBackups, emptyBackup, listBackups } from './core/backup/backups';
import { readRecord, type BackupRecord } from './core/backup/record';
import { planPatch } from './core/plan/export/planPatch';
import { rsyncText, type PlanText } from './core/plan/export/rsync';
import { tarList } from './core/plan/export/tarList';
import { planInput, syncInput, type PlanChoices, type PlanInput, type SyncInput } from './core/plan/inputs';
import { backupBytesOf, countsOf } from './core/plan/makePlan';
import { planResult, syncPlan, syncResult, type PlanResult, type SyncPlan, type SyncResult } from './core/plan/schema';
import { openBoth, surveyPlan, type TwoSides } from './core/plan/survey';
import { SyncWork } from './core/sync/sync';
import { undoCounts, UndoWork } from './core/sync/undo';
import { SIDES } from './core/trees/entry';
import { backupsReport, emptiedVerdict } from './report/backups';
import { planQuestion, planReport } from './report/plan';
import { placeText, undoneText } from './report/planWords';
import { syncChanges, syncReport } from './report/sync';
import { bytesText, grouped } from './report/words';

/** Plans that wait for an answer; the newest stays in any case. */
const PLANS = 'compare.plans';
const MOST_PLAN_BYTES = 32 * 1_048_576;

function survey(choices: PlanChoices, sides: TwoSides, context: RunContext): Promise<SyncPlan> {
  const { progress } = context;
  return surveyPlan(choices, sides, {
    ...context,
    compared: ({ counts }) => progress(l10n.t('{0} the same, {1} differ', counts.same, counts.differs)),
  });
}

function summaryOf(plan: SyncPlan, { direction }: PlanChoices): Omit<PlanResult, 'as' | 'texts' | 'input'> {
  const { steps } = plan;
  return { ...plan, direction, counts: countsOf(steps), backupBytes: backupBytesOf(steps) };
}

/** What would have to be done to make folders alike: to be read, or for other programs. Nothing is done. */
export const planTool: Tool<PlanInput, PlanResult> = {
  input: planInput,
  result: planResult,
  async *run({ as, ...choices }, context) {
    const sides = await openBoth(choices, context);
    const plan = await survey(choices, sides, context);
    const targets = SIDES.filter((side) => plan.steps.some(({ to }) => to === side));
    const texts = await Promise.all(targets.map((to) => textOf(as, plan, sides, to, context.signal)));
    yield { ...summaryOf(plan, choices), as, texts: texts.filter((text) => text !== null), input: choices };
  },
  report: planReport,
  bareText: ({ as, texts }) => (as === 'report' ? null : texts.map(({ text }) => text).join('')),
};

async function textOf(
  as: PlanInput['as'],
  plan: SyncPlan,
  sides: TwoSides,
  to: PlanText['to'],
  signal: AbortSignal,
): Promise<PlanResult['texts'][number] | null> {
  if (as === 'report') return null;
  const text =
    as === 'rsync' ? rsyncText(plan, to) : as === 'tar' ? tarList(plan, to) : planPatch(plan, sides, to, signal);
  const { notes, ...rest } = await text;
  return { ...rest, notes: [...notes] };
}

/** Makes folders alike as planned; what it replaces or deletes is kept, so that all of it can be taken back. */
export const syncTool: ChangeTool<SyncInput, SyncResult> = {
  input: syncInput,
  result: syncResult,
  // Those that are changed are judged when it is known what is done there.
  changedMachines: () => [],
  async plan(input, context) {
    const sides = await openBoth(input, context);
    const plan = await survey(input, sides, context);
    await refuseReadOnlySides(plan, context);
    if (plan.steps.length === 0) throw nothingToDo(plan);
    const atMs = Date.now();
    await context.recordings.append(PLANS, atMs, plan, { maxBytes: MOST_PLAN_BYTES });
    return { ...planQuestion(summaryOf(plan, input)), input: { ...input, plan: atMs } };
  },
  async *run(input, context) {
    const sides = await openBoth(input, context);
    const plan =
      input.plan === undefined
        ? await survey(input, sides, context)
        : syncPlan.parse(await context.recordings.read(PLANS, input.plan));
    await refuseReadOnlySides(plan, context);
    refuseOtherPlaces(plan, sides);
    const work = new SyncWork(plan, sides, input, context);
    yield* liveResults(work, context.signal, context.live);
  },
  changes: syncChanges,
  report: syncReport,
};

async function refuseReadOnlySides({ places, steps }: SyncPlan, { machines, signal }: RunContext): Promise<void> {
  for (const side of SIDES) {
    if (steps.some(({ to }) => to === side)) await refuseReadOnly(machines, places[side].machine, signal);
  }
}

/** A link among the names may lead elsewhere by now. */
function refuseOtherPlaces({ places }: SyncPlan, sides: TwoSides): void {
  for (const side of SIDES) {
    if (places[side].path === sides[side].root && places[side].machine === sides[side].machine.name) continue;
    throw new ExpectedError('mismatch', l10n.t('The folders are others than those that were compared. Plan it anew.'));
  }
}

function nothingToDo({ places, left }: SyncPlan): ExpectedError {
  const [one, other] = [placeText(places.left), placeText(places.right)];
  const conflicts = left.filter(({ kind }) => kind === 'conflict').length;
  const text =
    conflicts === 0
      ? l10n.t('There is nothing to do between {0} and {1} in this direction.', one, other)
      : l10n.t(
          'Between {0} and {1} there are only conflicts ({2}). Take the left or the right of each of them.',
          one,
          other,
          grouped(conflicts),
        );
  return new ExpectedError('nothing-to-do', text);
}

/** Takes back what a synchronization or a patch has changed. */
export const undoTool: ChangeTool<UndoInput, SyncResult> = {
  input: undoInput,
  result: syncResult,
  // Those of the record.
  changedMachines: () => [],
  async plan(input, context) {
    const record = await recordOf(input, context);
    const { places, takenAtMs } = record;
    const what = undoneText(undoCounts(record.deeds));
    const changed = SIDES.filter((side) => record.deeds.some((deed) => deed.side === side));
    const names = changed.flatMap((side) => places[side] ?? []).map(placeText);
    return {
      question: l10n.t('Take back what was changed in {0}?', names.join(l10n.t(', '))),
      details: [
        l10n.t('Changed on {0}', new Date(takenAtMs).toISOString().slice(0, 19).replace('T', ' ') + ' UTC'),
        ...(what === '' ? [] : [l10n.t('To be: {0}', what)]),
        l10n.t('What was changed since is left alone, and named.'),
      ],
      confirm: l10n.t('Undo'),
      input,
    };
  },
  async *run(input, context) {
    const record = await recordOf(input, context);
    const { machines, signal } = context;
    const open = (side: (typeof SIDES)[number]): ReturnType<typeof machines.open> | null => {
      const place = record.places[side];
      return place === null ? null : machines.open(place.machine, signal);
    };
    const opened = { left: await open('left'), right: await open('right') };
    const done = async (stop: AbortSignal): Promise<void> => {
      const [backup] = chosenBackups(await listBackups({ machines, signal: stop }), { ...input, olderThanDays: 0 });
      if (backup !== undefined) await emptyBackup(backup, { machines, signal: stop });
    };
    yield* liveResults(new UndoWork(record, opened, done), signal, context.live);
  },
  changes: syncChanges,
  report: syncReport,
};

async function recordOf({ backup }: UndoInput, { machines, signal }: RunContext): Promise<BackupRecord> {
  const record = await readRecord(await machines.open(localName, signal), backup, signal);
  for (const side of SIDES) {
    const place = record.places[side];
    if (place !== null) await refuseReadOnly(machines, place.machine, signal);
  }
  return record;
}

/** What is kept of earlier changes, and what that costs. */
export const backupsTool: Tool<Record<string, never>, BackupsResult> = {
  input: backupsInput,
  result: backupsResult,
  async *run(_input, context) {
    yield { task: 'list', backups: [...(await listBackups(context))] };
  },
  report: backupsReport,
};

/** Deletes backups for good. */
export const emptyBackupsTool: ChangeTool<EmptyInput, BackupsResult> = {
  input: emptyInput,
  result: backupsResult,
  changedMachines: () => [],
  async plan(input, context) {
    const backups = chosenBackups(await listBackups(context), input);
    if (backups.length === 0) throw new ExpectedError('nothing-to-do', l10n.t('There are no such backups.'));
    return {
      question: l10n.t('Delete backups for good: {0} ({1})?', grouped(backups.length), bytesText(bytesOf(backups))),
      details: [
        ...backups
          .slice(0, 10)
          .map(({ id, changed, bytes }) => `${id}  ${changed.map(placeText).join(' ↔ ')}  ${bytesText(bytes)}`),
        l10n.t('The changes that they belong to can no longer be taken back.'),
      ],
      confirm: l10n.t('Delete'),
      input,
    };
  },
  async *run(input, context) {
    const backups: BackupsResult['backups'] = [];
    for (const backup of chosenBackups(await listBackups(context), input)) {
      backups.push(await emptyBackup(backup, context));
    }
    yield { task: 'empty', backups };
  },
  changes: ({ backups }) => [{ what: emptiedVerdict(backups), undo: null }],
  report: backupsReport,
};
