import * as l10n from '@vscode/l10n';
import type { Column } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessState } from '../../core/processes/schema';

/** Not shown until somebody chooses it. */
export function hidden(column: Column): Column {
  return { ...column, hidden: true };
}

export function code(column: Column): Column {
  return { ...column, code: true };
}

/** Of a process whose name is from outside: one line, with nothing hidden in it. */
export function whom(name: string, pid: number): string {
  return l10n.t('{0} (PID {1})', visibleLine(name), pid);
}

/** A name of the kernel's or of a user's, or nothing. */
export function line(text: string | null): string | null {
  return text === null ? null : visibleLine(text);
}

/** The arguments as one would type them: what a shell would take for something else stands in quotes. */
export function commandText(commandLine: readonly string[]): string {
  return commandLine.map((one) => visibleLine(/^[\w@%+=:,./-]+$/.test(one) ? one : quoted(one))).join(' ');
}

function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

export function stateText(state: ProcessState): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'sleeping':
      return l10n.t('sleeping');
    case 'disk-sleep':
      return l10n.t('uninterruptible sleep');
    case 'stopped':
      return l10n.t('stopped');
    case 'tracing-stop':
      return l10n.t('stopped by a debugger');
    case 'zombie':
      return l10n.t('zombie');
    case 'dead':
      return l10n.t('dead');
    case 'wake-kill':
      return l10n.t('waking to be killed');
    case 'waking':
      return l10n.t('waking');
    case 'parked':
      return l10n.t('parked');
    case 'idle':
      return l10n.t('idle');
    case 'unknown':
      return l10n.t('not known');
  }
}
