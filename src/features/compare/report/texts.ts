import * as l10n from '@vscode/l10n';
import type { Action, Block, Fact, Report, Status } from '../../../report/model';
import { unifiedText } from '../core/formats/unified';
import type { TextComparison } from '../core/text/schema';
import type { TextsResult } from '../core/text/toolSchema';
import { bytesBlocks } from './textsBytes';
import { configFacts, failureBlocks, isByMeaning } from './textsConfig';
import { changesBlocks } from './textsChanges';
import { deltaBlocks } from './textsDelta';
import { originTroubles } from './textsOrigin';
import { sidesTable } from './textsSides';
import { ignoredThings, shownPercent, verdictOf } from './textsVerdict';

/** A longer patch is not offered for copying: it is made by its format. */
const LONGEST_COPY = 500_000;
const MOST_COPIED_LINES = 20_000;

/** With the delta that was asked for. */
type Told = TextComparison & { readonly delta?: TextsResult['delta'] };

/** How two texts, files or other contents differ. */
export function textsReport(comparison: Told): Report {
  const { left, right, kind } = comparison;
  const actions = actionsOf(comparison);
  return {
    title: l10n.t('{0} against {1}', left.label, right.label),
    verdict: [verdictOf(comparison), ...originTroubles(comparison)].join(' '),
    status: statusOf(comparison),
    blocks: [
      ...(kind === 'text' ? [factsOf(comparison)] : []),
      ...failureBlocks(comparison),
      sidesTable(comparison),
      ...differencesOf(comparison),
    ],
    ...(actions.length > 0 ? { actions } : {}),
  };
}

function differencesOf(comparison: Told): readonly Block[] {
  const { kind, delta = null } = comparison;
  if (kind === 'bytes') return bytesBlocks(comparison);
  return delta === null ? changesBlocks(comparison) : deltaBlocks(delta);
}

/** As diff(1) ends with 1 where something differs. */
function statusOf(comparison: TextComparison): Status {
  const isDoubtful = originTroubles(comparison).length > 0;
  switch (comparison.outcome) {
    case 'identical':
    case 'same-meaning':
    case 'ignored':
      return isDoubtful ? 'warning' : 'ok';
    case 'same-text':
      return isDoubtful ? 'warning' : 'info';
    case 'different':
      return 'error';
  }
}

function factsOf(comparison: TextComparison): Block {
  const { counts, similarity, minimal } = comparison;
  const ignored = ignoredThings(comparison.options);
  const items: readonly Fact[] = [
    { label: l10n.t('Similarity'), value: shownPercent(similarity), unit: 'percent' },
    { label: l10n.t('Lines on both sides'), value: counts.same, unit: 'number' },
    { label: l10n.t('Lines only on the left'), value: counts.removed, unit: 'number' },
    { label: l10n.t('Lines only on the right'), value: counts.added, unit: 'number' },
    {
      label: l10n.t('Places that differ'),
      value: counts.changes,
      unit: 'number',
      ...(minimal ? {} : { note: l10n.t('fewer changed lines may be possible') }),
    },
    ...(counts.ignored === 0
      ? []
      : [{ label: l10n.t('Places that do not count'), value: counts.ignored, unit: 'number' as const }]),
    ...configFacts(comparison),
    ...(ignored.length === 0 ? [] : [{ label: l10n.t('Ignored'), value: ignored.join(l10n.t(', ')) }]),
  ];
  return { kind: 'facts', items };
}

function actionsOf(comparison: Told): readonly Action[] {
  const { counts, kind, outcome, delta = null } = comparison;
  if (kind === 'bytes') return [];
  if (delta !== null) return copied(l10n.t('Copy as {0}', delta.format), delta.text);
  if (isByMeaning(comparison) || outcome !== 'different' || counts.removed + counts.added > MOST_COPIED_LINES)
    return [];
  return copied(l10n.t('Copy as Patch'), unifiedText(comparison));
}

function copied(label: string, text: string): readonly Action[] {
  return text === '' || text.length > LONGEST_COPY ? [] : [{ kind: 'copy', label, text }];
}
