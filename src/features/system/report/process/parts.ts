import * as l10n from '@vscode/l10n';
import type { Block, Fact, SectionBlock, Status } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { FINDING_KINDS, ProcessPart, ProcessResult } from '../../core/process/schema/process';

export function known(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter((one) => one.value !== null);
}

/** The worst of the findings of these kinds, about this subject where one is given. */
export function severityOf(
  { findings }: ProcessResult,
  kinds: readonly (typeof FINDING_KINDS)[number][],
  subject?: string,
): Status {
  const found = findings.find((one) => kinds.includes(one.kind) && (subject === undefined || one.subject === subject));
  // The most serious stand first.
  return found?.severity ?? 'ok';
}

export interface Content {
  readonly title: string;
  readonly summary: string;
  readonly status?: Status;
  readonly open?: boolean;
  readonly blocks: readonly Block[];
}

export function part({ title, summary, status, open, blocks }: Content): SectionBlock {
  const marked = status === undefined || status === 'ok' ? {} : { status };
  return { kind: 'section', title, ...marked, summary, collapsed: open !== true, blocks };
}

/** In the place of a part that may not be seen: why, and who could see it. null where nothing is missing. */
export function missingText(result: ProcessResult, name: ProcessPart): string | null {
  const gap = result.missing.find((one) => one.part === name);
  if (gap === undefined) return null;
  if (gap.reason !== 'denied') return l10n.t('It could not be read: {0}.', gap.message);
  const user = visibleLine(result.process.user);
  return l10n.t(
    'It may not be seen: that takes root with all capabilities or, unless the process protects itself, user {0}.',
    user,
  );
}

/** Told under a table that does not hold everything. */
export function moreBlocks(shown: number, total: number): readonly Block[] {
  if (total <= shown) return [];
  const text = l10n.t('{0} more are not shown.', (total - shown).toLocaleString('en'));
  return [{ kind: 'text', style: 'note', text }];
}
