import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { joined } from '../../../machine/treePaths';
import type { TransferInput } from '../core/transfer/inputs';
import type { Findings, Journey } from '../core/transfer/journey';
import type { Counts } from '../core/transfer/schema';
import { machineText } from './runWords';
import { countsText, grouped, placeText, sizeText } from './transferWords';

const MOST_NAMES = 10;

interface TransferPlan<Input> {
  readonly question: string;
  readonly details: readonly string[];
  readonly confirm: string;
  readonly input: Input;
}

/** What the person is asked before anything is copied. Throws ExpectedError where something is in the way. */
export function transferPlan<Input extends TransferInput>(
  input: Input,
  journey: Journey,
  findings: Findings,
): TransferPlan<Input> {
  const { from, to } = journey;
  refuseConflicts(journey, findings);
  return {
    ...questionOf(journey, countsOf(findings)),
    details: detailsOf(journey, findings),
    input: { ...input, from, to, exact: true },
  };
}

function questionOf(
  { direction, source, target, from, to, moves }: Journey,
  counts: Counts,
): Pick<TransferPlan<unknown>, 'question' | 'confirm'> {
  const parts = [countsText(counts), sizeText(counts.bytes), placeText(from, source.name), placeText(to, target.name)];
  if (direction === 'upload') {
    return { question: l10n.t('Upload {0} ({1}) from {2} to {3}?', ...parts), confirm: l10n.t('Upload') };
  }
  if (direction === 'download') {
    return { question: l10n.t('Download {0} ({1}) from {2} to {3}?', ...parts), confirm: l10n.t('Download') };
  }
  return moves
    ? { question: l10n.t('Move {0} ({1}) from {2} to {3}?', ...parts), confirm: l10n.t('Move') }
    : { question: l10n.t('Copy {0} ({1}) from {2} to {3}?', ...parts), confirm: l10n.t('Copy') };
}

function refuseConflicts({ target, to, options }: Journey, { survey }: Findings): void {
  const { conflicts } = survey;
  if (options.onConflict !== 'refuse' || conflicts.length === 0) return;
  const names = conflicts.slice(0, MOST_NAMES).map(({ relative }) => shownPath(joined(to, relative)));
  const more = conflicts.length - names.length;
  const list = [...names, ...(more > 0 ? [l10n.t('and {0} more', grouped(more))] : [])].join('\n');
  const text = l10n.t(
    'On {0} this is there already, and so nothing was copied. Choose what is done with it (onConflict), or another place.\n{1}',
    target.name,
    list,
  );
  throw new ExpectedError('exists', text);
}

function countsOf({ tree }: Findings): Counts {
  const of = (kind: string): number => tree.entries.filter((entry) => entry.kind === kind).length;
  const bytes = tree.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { files: of('file'), folders: of('folder'), links: of('link'), bytes };
}

function detailsOf({ options, moves, source }: Journey, { tree, survey }: Findings): readonly string[] {
  const taken = survey.conflicts.length;
  const left = tree.left.length;
  return [
    ...(taken > 0 ? [`${l10n.t('Files that are there already: {0}', grouped(taken))}; ${policyText(options)}`] : []),
    ...(left > 0 ? [l10n.t('Cannot or will not be copied: {0}', grouped(left))] : []),
    verifyText(options),
    ...(moves ? [l10n.t('The original on {0} is deleted when all of it is there.', machineText(source.name))] : []),
    l10n.t('This cannot be taken back by itself.'),
  ];
}

function policyText({ onConflict }: TransferInput): string {
  switch (onConflict) {
    case 'refuse':
    case 'skip':
      return l10n.t('they are left alone.');
    case 'overwrite':
      return l10n.t('they are replaced.');
    case 'newer':
      return l10n.t('they are replaced where the copied one is newer.');
    case 'resume':
      return l10n.t('they are replaced unless they are complete.');
  }
}

function verifyText({ verify }: TransferInput): string {
  if (verify === 'none') return l10n.t('Copies are not verified.');
  return verify === 'size'
    ? l10n.t('The size of every copy is verified.')
    : l10n.t('The SHA-256 of every copy is verified.');
}
