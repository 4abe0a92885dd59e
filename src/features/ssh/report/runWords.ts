import * as l10n from '@vscode/l10n';
import { wordsText } from '../../../lib/commandWords';

/** What was run, in a few words. */
export interface RunSubject {
  readonly command: readonly string[];
  /** null for a command. */
  readonly script: string | null;
}

const LONGEST_COMMAND = 80;

/** 'systemctl restart nginx', or 'a script of 3 lines for sh'. */
export function subjectText({ command, script }: RunSubject): string {
  if (script !== null) {
    const { length } = scriptLines(script);
    const [shell = ''] = command;
    return length === 1
      ? l10n.t('a script of one line for {0}', shell)
      : l10n.t('a script of {0} lines for {1}', length, shell);
  }
  const text = wordsText(command);
  return text.length <= LONGEST_COMMAND ? text : `${text.slice(0, LONGEST_COMMAND - 1)}…`;
}

/** The program's own name: 'systemctl'. */
export function programName({ command, script }: RunSubject): string {
  return script !== null ? l10n.t('The script') : ((command[0] ?? '').split('/').at(-1) ?? '');
}

export function scriptLines(script: string): readonly string[] {
  return script.replace(/\n+$/, '').split(/\r?\n/);
}

/** '0.1 s', '12 s', '3 min 5 s'. */
export function durationText(elapsedMs: number): string {
  const seconds = elapsedMs / 1_000;
  if (seconds < 10) return l10n.t('{0} s', seconds.toFixed(1));
  if (seconds < 60) return l10n.t('{0} s', Math.round(seconds));
  const whole = Math.round(seconds);
  return l10n.t('{0} min {1} s', Math.floor(whole / 60), whole % 60);
}

/** This machine has no name that a person would know. */
export function machineText(machine: string): string {
  return machine === 'local' ? l10n.t('this machine') : machine;
}
