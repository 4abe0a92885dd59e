import * as l10n from '@vscode/l10n';
import type { RichCell } from '../../../../report/model';
import { stateText } from '../processWords';
import { PROCESS_STATES, type ProcessEntry, type ProcessState } from '../../core/processes/schema';

/** Texts that stand in thousands of cells: looked up once a report. */
export interface ProcessTexts {
  /** What may only be seen by the owner or root. */
  readonly denied: RichCell;
  /** What a program that is not there would tell. */
  readonly notKnown: RichCell;
  readonly states: Readonly<Record<ProcessState, string | RichCell>>;
  readonly policies: Readonly<Record<ProcessEntry['schedulingPolicy'], string>>;
  /** After a path. */
  deleted(path: string): RichCell;
}

export function processTexts(): ProcessTexts {
  const denied = { text: l10n.t('denied'), status: 'unknown' } as const;
  return {
    denied,
    notKnown: { text: l10n.t('not known'), status: 'unknown' },
    states: Object.fromEntries(PROCESS_STATES.map((state) => [state, stateCell(state)])) as ProcessTexts['states'],
    policies: {
      other: l10n.t('normal'),
      fifo: l10n.t('real-time, first in first out'),
      rr: l10n.t('real-time, round robin'),
      batch: l10n.t('batch'),
      idle: l10n.t('idle'),
      deadline: l10n.t('deadline'),
      unknown: l10n.t('unknown'),
    },
    deleted: (path) => ({ text: l10n.t('{0} (deleted)', path), status: 'warning' }),
  };
}

/** A zombie, or one that waits for storage and cannot be ended, is marked. */
function stateCell(state: ProcessState): string | RichCell {
  const text = stateText(state);
  return state === 'zombie' || state === 'disk-sleep' ? { text, status: 'warning' } : text;
}
