import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import type { Findings, Journey } from '../core/transfer/journey';
import { joined } from '../core/transfer/paths';
import type { Counts } from '../core/transfer/schema';
import type { TransferInput } from '../core/transfer/inputs';
import { countsText, grouped, placeText, sizeText } from './transferWords';

const MOST_NAMES = 10;

interface TransferPlan {
  readonly question: string;
  readonly details: readonly string[];
  readonly confirm: string;
  readonly input: TransferInput;
}

/** What the person is asked before anything is copied. Throws ExpectedError where something is in the way. */
export function transferPlan(journey: Journey, findings: Findings): TransferPlan {
  const { direction, source, target, from, to, options } = journey;
  refuseConflicts(journey, findings);
  const counts = countsOf(findings);
  const [there, here] = [placeText(to, target.name), placeText(from, source.name)];
  const size = sizeText(counts.bytes);
  const isUpload = direction === 'upload';
  return {
    question: isUpload
      ? l10n.t('Upload {0} ({1}) from {2} to {3}?', countsText(counts), size, here, there)
      : l10n.t('Download {0} ({1}) from {2} to {3}?', countsText(counts), size, here, there),
    details: detailsOf(journey, findings),
    confirm: isUpload ? l10n.t('Upload') : l10n.t('Download'),
    input: { ...options, from, to, exact: true },
  };
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

function detailsOf({ options }: Journey, { tree, survey }: Findings): readonly string[] {
  const taken = survey.conflicts.length;
  const left = tree.left.length;
  return [
    ...(taken > 0 ? [`${l10n.t('Files that are there already: {0}', grouped(taken))}; ${policyText(options)}`] : []),
    ...(left > 0 ? [l10n.t('Cannot or will not be copied: {0}', grouped(left))] : []),
    verifyText(options),
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
