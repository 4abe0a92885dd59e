import * as l10n from '@vscode/l10n';
import { risksOf } from '../core/run/risks';
import { machineText, scriptLines, subjectText, type RunSubject } from './runWords';

/** What is shown of a script before it runs. */
const SHOWN_LINES = 40;
const SHOWN_COLUMNS = 160;

export interface RunPlanFacts extends RunSubject {
  readonly machine: string;
  readonly platform: string;
  /** As whom it runs there; null where that could not be found out. */
  readonly user: string | null;
  readonly become: 'none' | 'sudo' | 'su' | 'doas';
  readonly becomeUser: string;
  readonly cwd: string | null;
  /** Names only: values may be nobody's business. */
  readonly variables: readonly string[];
  readonly stdinLength: number;
  readonly terminal: boolean;
  readonly timeoutSeconds: number | null;
}

/** What the user reads before it is run. */
export function runPlanText(facts: RunPlanFacts): { question: string; details: readonly string[]; confirm: string } {
  const { command, script } = facts;
  const risks = risksOf(script ?? command.join(' '));
  return {
    question: l10n.t('Run {0} on {1}?', subjectText(facts), machineText(facts.machine)),
    details: [
      ...risks.map((risk) => l10n.t('Danger: {0}', risk)),
      ...placeLines(facts),
      ...moreLines(facts),
      ...scriptText(script),
    ],
    confirm: l10n.t('Run'),
  };
}

function placeLines(facts: RunPlanFacts): readonly string[] {
  const user = facts.user ?? l10n.t('unknown');
  return [
    l10n.t('Machine: {0} ({1})', machineText(facts.machine), facts.platform),
    facts.become === 'none'
      ? l10n.t('User: {0}', user)
      : l10n.t('User: {0}, becomes {1} by {2}', user, facts.becomeUser, facts.become),
    l10n.t('Working folder: {0}', facts.cwd ?? l10n.t('where commands start there')),
  ];
}

function moreLines(facts: RunPlanFacts): readonly string[] {
  const { variables, stdinLength, terminal, timeoutSeconds } = facts;
  return [
    ...(variables.length === 0 ? [] : [l10n.t('Environment: {0}', variables.join(', '))]),
    ...(stdinLength === 0 ? [] : [l10n.t('Standard input: {0} characters', stdinLength)]),
    ...(terminal ? [l10n.t('With a terminal')] : []),
    ...(timeoutSeconds === null ? [] : [l10n.t('Ended after {0} s', timeoutSeconds)]),
  ];
}

function scriptText(script: string | null): readonly string[] {
  if (script === null) return [];
  const lines = scriptLines(script);
  const shown = lines
    .slice(0, SHOWN_LINES)
    .map((line) => (line.length > SHOWN_COLUMNS ? `${line.slice(0, SHOWN_COLUMNS)}…` : line));
  const more = lines.length - shown.length;
  return [
    l10n.t('Script:'),
    ...shown.map((line) => `  ${line}`),
    ...(more > 0 ? [l10n.t('… and {0} lines more', more)] : []),
  ];
}
