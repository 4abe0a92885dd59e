import * as l10n from '@vscode/l10n';
import type { RichCell } from '../../../../report/model';
import { PROCESS_STATES, type ProcessEntry, type ProcessState } from '../../core/processes/schema';

/** Texts that stand in thousands of cells: looked up once a report. */
export interface ProcessTexts {
  /** What may only be seen by the owner or root. */
  readonly denied: RichCell;
  readonly states: Readonly<Record<ProcessState, string | RichCell>>;
  readonly policies: Readonly<Record<ProcessEntry['schedulingPolicy'], string>>;
  /** After a path. */
  deleted(path: string): RichCell;
}

export function processTexts(): ProcessTexts {
  const denied = { text: l10n.t('denied'), status: 'unknown' } as const;
  return {
    denied,
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

export function stateText(state: ProcessState): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'sleeping':
      return l10n.t('sleeping');
    case 'disk-sleep':
      return l10n.t('waiting for I/O');
    case 'stopped':
      return l10n.t('stopped');
    case 'tracing-stop':
      return l10n.t('stopped by a debugger');
    case 'zombie':
      return l10n.t('zombie');
    case 'dead':
      return l10n.t('ending');
    case 'wake-kill':
      return l10n.t('waiting, can be killed');
    case 'waking':
      return l10n.t('waking');
    case 'parked':
      return l10n.t('parked');
    case 'idle':
      return l10n.t('idle');
    case 'unknown':
      return l10n.t('unknown');
  }
}

const LONGEST = 2_000;

/** As a shell would take it: an argument with blanks, quotes or nothing in it is quoted. Cut where nobody reads on. */
export function commandText(commandLine: readonly string[]): string | null {
  if (commandLine.length === 0) return null;
  let text = '';
  for (const argument of commandLine) {
    if (text.length > LONGEST) break;
    text += commandLine.length > 1 && needsQuotes(argument) ? ` ${quoted(argument)}` : ` ${argument}`;
  }
  return text.length > LONGEST ? `${text.slice(1, LONGEST)}…` : text.slice(1);
}

function needsQuotes(argument: string): boolean {
  return argument === '' || /[\s'"]/.test(argument.slice(0, LONGEST));
}

function quoted(argument: string): string {
  return `'${argument.slice(0, LONGEST).replaceAll("'", "'\\''")}'`;
}
