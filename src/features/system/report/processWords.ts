import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../report/plainText';
import type { AccessMode } from '../core/kernel/openFlags';
import type { ProcessState } from '../core/processes/schema';

/** Of a process whose name is from outside: one line, with nothing hidden in it. */
export function whom(name: string, pid: number): string {
  return l10n.t('{0} (PID {1})', visibleLine(name), pid);
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

/** A class path of 100 kB tells nobody anything. */
const LONGEST = 2_000;
const PLAIN = /^[\w@%+=:,./-]+$/;

/** For tables: cut where nobody reads on; null of a kernel thread, which has no arguments. */
export function commandText(commandLine: readonly string[]): string | null {
  if (commandLine.length === 0) return null;
  const text = shellText(commandLine, LONGEST);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * The arguments as one would type them: what a shell would take for something else stands in quotes. A title that a
 * program has put in their place stays as it is. `enough`: the rest may be left out beyond so many characters.
 */
export function shellText(commandLine: readonly string[], enough = Number.POSITIVE_INFINITY): string {
  const [only = ''] = commandLine;
  if (commandLine.length === 1 && only.includes(' ')) return only;
  let text = '';
  for (const argument of commandLine) {
    if (text.length > enough) break;
    text += ` ${quoted(argument.slice(0, enough + 1))}`;
  }
  return text.slice(1);
}

function quoted(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** null where it is not known. */
export function ioText(ioClass: string | null, level: number | null): string | null {
  if (ioClass === null) return null;
  if (ioClass === 'none') return l10n.t('follows the nice value');
  return level === null ? ioClass : `${ioClass} ${level}`;
}

/** How a file is open. */
export function accessText(mode: AccessMode | null): string | null {
  switch (mode) {
    case 'read':
      return l10n.t('read');
    case 'write':
      return l10n.t('write');
    case 'read-write':
      return l10n.t('read and write');
    case 'path':
      return l10n.t('path only');
    case null:
      return null;
  }
}
