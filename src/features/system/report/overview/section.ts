import * as l10n from '@vscode/l10n';
import type { Block, SectionBlock } from '../../../../report/model';
import { levelOf } from '../../core/overview/levels';
import type { FindingKind, SystemOverview } from '../../core/overview/schema/overview';
import { findingText } from './verdict';
import type { Words } from '../words';

interface Content {
  readonly title: string;
  /** The findings that belong to this part: they open it, and are its summary. */
  readonly kinds: readonly FindingKind[];
  /** The summary where nothing is wrong. */
  readonly quiet: string;
  /** Shown open even where nothing is wrong. */
  readonly open?: boolean;
  readonly blocks: readonly Block[];
}

/** One part of the overview. */
export function section(overview: SystemOverview, words: Words, content: Content): SectionBlock {
  const { title, kinds, quiet, open, blocks } = content;
  const status = levelOf(overview, kinds);
  if (status === 'ok') return { kind: 'section', title, summary: quiet, collapsed: open !== true, blocks };
  const found = overview.findings
    .filter((finding) => kinds.includes(finding.kind))
    .map((finding) => findingText(finding, words));
  return {
    kind: 'section',
    title,
    status,
    summary: l10n.t('{0}.', found.join(l10n.t('; '))),
    collapsed: false,
    blocks,
  };
}
