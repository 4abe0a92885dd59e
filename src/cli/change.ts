import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../lib/errors';
import { localName } from '../machine/machines';
import { checkInput } from '../tool/fields';
import { refuseChange } from '../tool/policy';
import { runTool } from '../tool/run';
import type { AnyChangeTool, Change, Plan, RunContext } from '../tool/tool';
import { flagOf, type Asked } from './arguments';
import { printed } from './printed';
import type { ExitCode, Shell } from './shell';

/** Shows what would be done, asks (or takes --yes for it), does it, and tells how to take it back. */
export async function change(tool: AnyChangeTool, asked: Asked, context: RunContext, shell: Shell): Promise<ExitCode> {
  const checked = checkInput(tool, asked.input);
  if (checked.kind === 'refused') throw new ExpectedError('invalid-input', checked.reason);
  await refuseChange(context.machines, tool, checked.input, context.machine.name, context.signal);
  const plan: Plan<unknown> = await tool.plan(checked.input, context);
  shell.err(`${[plan.question, ...plan.details.map((line) => `  ${line}`)].join('\n')}\n`);
  if (asked.dryRun) return 0;
  if (!asked.yes && !(await confirmed(shell))) return 2;
  let last: unknown;
  try {
    for await (const result of runTool(tool, plan.input, context)) last = result;
  } catch (error) {
    if (isCancelled(error) && last !== undefined) tellUndo(tool, last, context, shell);
    throw error;
  }
  const report = tool.report(last);
  shell.out(await printed(tool, last, report, asked.format));
  tellUndo(tool, last, context, shell);
  return report.status === 'error' ? 1 : 0;
}

/** Also of what was done before a cancel. */
function tellUndo(tool: AnyChangeTool, result: unknown, { machine }: RunContext, shell: Shell): void {
  const lines = tool.changes(result).map((one) => undoLine(one, machine.name));
  for (const line of lines) if (line !== undefined) shell.err(`${line}\n`);
}

async function confirmed(shell: Shell): Promise<boolean> {
  if (shell.confirm === undefined) {
    throw new ExpectedError('usage', l10n.t('Nobody is there to confirm this; --yes says that it shall be done.'));
  }
  return shell.confirm(l10n.t('Go on? [y/N] '));
}

function undoLine({ what, undo }: Change, machine: string): string | undefined {
  if (undo === null) return undefined;
  const on = machine === localName ? [] : ['--on', quoted(machine)];
  const flags = Object.entries(undo.input as object).map(
    ([name, value]) => `--${flagOf(name)} ${quoted(String(value))}`,
  );
  return l10n.t('{0}; taken back with: opsdeck {1}', what, [undo.tool, ...on, ...flags].join(' '));
}

/** Only to be read and copied: nothing is run through a shell here. */
function quoted(text: string): string {
  return /^[\w.,:/+-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}
