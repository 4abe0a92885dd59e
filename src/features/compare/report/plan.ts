import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, TableBlock } from '../../../report/model';
import type { LeftOut, PlanResult, Step } from '../core/plan/schema';
import { actionText, leftText, pathText, placeText, planText, shortPlaceText, whyText } from './planWords';
import { bytesText, grouped } from './words';

/** More of a text is only in the result, for programs. */
const SHOWN_CHARACTERS = 150_000;

/** What would be done, step by step, and what would be left alone. */
export function planReport(result: PlanResult): Report {
  const { places, steps, texts } = result;
  return {
    title: l10n.t('Plan: {0} ↔ {1}', shortPlaceText(places.left), shortPlaceText(places.right)),
    verdict: planVerdict(result),
    status: conflictsOf(result).length > 0 ? 'warning' : steps.length === 0 ? 'ok' : 'info',
    blocks: [{ kind: 'facts', items: factsOf(result) }, ...texts.flatMap(textBlocks), ...tablesOf(result)],
    ...(steps.length === 0 ? {} : { actions: [syncAction(result)] }),
  };
}

export function planVerdict(result: Pick<PlanResult, 'counts' | 'steps' | 'left'>): string {
  const conflicts = conflictsOf(result).length;
  const what =
    result.steps.length === 0 ? l10n.t('Nothing is to be done') : l10n.t('Planned: {0}', planText(result.counts));
  return conflicts === 0 ? l10n.t('{0}.', what) : l10n.t('{0}; conflicts left to you: {1}.', what, grouped(conflicts));
}

function conflictsOf({ left }: Pick<PlanResult, 'left'>): readonly LeftOut[] {
  return left.filter(({ kind }) => kind === 'conflict');
}

function syncAction({ input }: PlanResult): NonNullable<Report['actions']>[number] {
  return { kind: 'tool', label: l10n.t('Synchronize…'), tool: 'compare.sync', input };
}

function factsOf({ places, backupBytes }: PlanResult): readonly Fact[] {
  return [
    { label: l10n.t('Left'), value: placeText(places.left), code: true },
    { label: l10n.t('Right'), value: placeText(places.right), code: true },
    {
      label: l10n.t('Backup'),
      value: backupBytes,
      unit: 'bytes',
      note: l10n.t('what is replaced or deleted is kept for an undo'),
    },
  ];
}

function textBlocks({ to, text, notes }: PlanResult['texts'][number]): readonly Block[] {
  const title = to === 'right' ? l10n.t('For the Right') : l10n.t('For the Left');
  const isCut = text.length > SHOWN_CHARACTERS;
  const more = isCut ? [l10n.t('This is its first part; all of it is in the result as JSON: texts.')] : [];
  return [
    { kind: 'text', style: 'code', title, text: isCut ? text.slice(0, SHOWN_CHARACTERS) : text },
    ...[...notes, ...more].map((note): Block => ({ kind: 'text', style: 'note', text: note })),
  ];
}

function tablesOf({ steps, left }: PlanResult): readonly Block[] {
  const conflicts = left.filter(({ kind }) => kind === 'conflict');
  const skipped = left.filter(({ kind }) => kind === 'skipped');
  return [
    ...(conflicts.length === 0 ? [] : [leftTable('conflicts', l10n.t('Conflicts'), conflicts)]),
    ...(steps.length === 0 ? [] : [stepTable(steps)]),
    ...(skipped.length === 0 ? [] : [leftTable('skipped', l10n.t('Left Alone'), skipped)]),
  ];
}

function stepTable(steps: readonly Step[]): TableBlock {
  const sorted = [...steps].sort(byPath);
  return {
    kind: 'table',
    id: 'steps',
    title: l10n.t('{0} ({1})', l10n.t('Steps'), grouped(steps.length)),
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'action', title: l10n.t('What') },
      { id: 'size', title: l10n.t('Size'), unit: 'bytes' },
      { id: 'why', title: l10n.t('Why') },
    ],
    rows: sorted.map((step) => [
      pathText(step.path),
      step.action === 'delete' ? { text: actionText(step), status: 'warning' } : actionText(step),
      (step.action === 'delete' ? step.target : step.source)?.sizeBytes ?? null,
      whyText(step),
    ]),
    rowKeys: sorted.map(({ action, to, path }) => `${action}:${to}:${path}`),
  };
}

function byPath(one: Step, other: Step): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

export function leftTable(id: string, title: string, rows: readonly LeftOut[], count = rows.length): TableBlock {
  return {
    kind: 'table',
    id,
    title: l10n.t('{0} ({1})', title, grouped(count)),
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'reason', title: l10n.t('Why') },
    ],
    rows: rows.map((row) => [pathText(row.path), leftText(row)]),
  };
}

const MOST_NAMES = 12;

export interface PlanQuestion {
  readonly question: string;
  readonly details: readonly string[];
  readonly confirm: string;
}

/** What the person is asked before anything is done. */
export function planQuestion(result: Omit<PlanResult, 'as' | 'texts' | 'input'>): PlanQuestion {
  const { places, counts, steps, left, backupBytes } = result;
  const shown = [...steps].sort(byUrgency).slice(0, MOST_NAMES);
  const conflicts = conflictsOf(result);
  const skipped = left.length - conflicts.length;
  const onlyDeletes = steps.every(({ action }) => action === 'delete');
  return {
    question: onlyDeletes ? l10n.t('Delete? {0}', planText(counts)) : l10n.t('Synchronize? {0}', planText(counts)),
    details: [
      l10n.t('Left: {0}', placeText(places.left)),
      l10n.t('Right: {0}', placeText(places.right)),
      ...shown.map((step) => l10n.t('{0}: {1}', actionText(step), pathText(step.path))),
      ...more(steps.length - shown.length),
      ...conflicts.slice(0, MOST_NAMES).map((row) => l10n.t('Conflict: {0} ({1})', pathText(row.path), leftText(row))),
      ...more(conflicts.length - MOST_NAMES),
      ...(skipped === 0 ? [] : [l10n.t('Left alone: {0}', grouped(skipped))]),
      backupBytes === 0
        ? l10n.t('Undo takes all of it back.')
        : l10n.t(
            'Undo takes all of it back: what is replaced or deleted ({0}) is kept for it, as long as the settings say.',
            bytesText(backupBytes),
          ),
    ],
    confirm: onlyDeletes ? l10n.t('Delete') : l10n.t('Synchronize'),
  };
}

function more(count: number): readonly string[] {
  return count > 0 ? [l10n.t('and {0} more', grouped(count))] : [];
}

/** What is lost first, as far as it could be. */
function byUrgency(one: Step, other: Step): number {
  const urgency = ({ action, target }: Step): number => (action === 'delete' ? 0 : target !== null ? 1 : 2);
  return urgency(one) - urgency(other) || byPath(one, other);
}
