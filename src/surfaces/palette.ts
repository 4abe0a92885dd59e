import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Workbench } from '../editor/workbench';
import { localName } from '../machine/machines';
import { rememberMachine } from '../editor/pickMachine';
import { inLanguage, type ToolManifest, type ToolVariant } from '../tool/manifest';
import { findTool } from '../tool/registry';
import { valueOf, type Field } from '../tool/values';
import { runChange } from './change';
import { ask } from './prompts';

/**
 * The palette command of any tool, or of a variant of it: asks for the inputs that it cannot do without and opens its
 * report; what changes something is confirmed first. An input given as the command's argument (from a row of a report,
 * a tree, a key binding, a link) is taken as it is, and only what it lacks is asked for; so is a machine.
 */
export async function runFromPalette(
  workbench: Workbench,
  toolId: string,
  argument: unknown,
  variant?: ToolVariant,
): Promise<void> {
  const entry = findTool(workbench.tools, toolId);
  const title = inLanguage((variant ?? entry.manifest).title, vscode.env.language);
  await workbench.attempt(title.replace(/…$/, ''), async () => {
    const fields = await workbench.client.call('fields', { tool: toolId });
    const machine = givenMachine(argument) ?? (await askedMachine(workbench, entry.manifest, title));
    if (machine === undefined) return;
    const given: Record<string, unknown> = { ...variant?.input, ...givenInput(fields, argument) };
    const also = (variant ?? entry.manifest).ask ?? [];
    const settled = [...also, ...(entry.manifest.askUnless ?? [])].some((name) => name in given);
    const wanted = fields.filter(
      ({ name, required }) => !(name in given) && (required || (!settled && also.includes(name))),
    );
    for (const [index, field] of wanted.entries()) {
      // What a variant asks for is what it is about: it cannot be left open.
      const optional = !field.required && variant === undefined;
      const step = { step: index + 1, steps: wanted.length };
      const answer = await ask(workbench, { toolId, title, field, optional, ...step });
      if (answer === undefined) return;
      if (answer !== '') given[field.name] = valueOf(field, answer);
    }
    const request = { tool: toolId, input: given, machine };
    if (entry.manifest.effect === 'change') await runChange(workbench, request);
    else if (await mayRun(workbench, machine, title)) await workbench.openTool(request);
  });
}

function givenMachine(argument: unknown): string | undefined {
  const named = typeof argument === 'object' && argument !== null && 'machine' in argument;
  return named && typeof argument.machine === 'string' ? argument.machine : undefined;
}

async function askedMachine(
  workbench: Workbench,
  { asksMachine }: ToolManifest,
  title: string,
): Promise<string | undefined> {
  if (asksMachine === undefined) return localName;
  const machine = await workbench.pickMachine(title, { local: asksMachine === 'any' });
  if (machine !== undefined) await rememberMachine(workbench.context.globalState, machine);
  return machine;
}

/** Some machines are to be asked for each time, by what their hosts file says. */
async function mayRun(workbench: Workbench, machine: string, title: string): Promise<boolean> {
  if (machine === localName || !(await workbench.client.call('policy', { machine })).confirm) return true;
  const run = l10n.t('Run');
  const question = l10n.t('{0} on {1}?', title.replace(/…$/, ''), machine);
  const detail = l10n.t('The hosts file says that everything on {0} is to be confirmed.', machine);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, run)) === run;
}

/** The fields of the tool that the argument names; menus pass arguments of their own, which name none. */
function givenInput(fields: readonly Field[], argument: unknown): Record<string, unknown> {
  if (typeof argument !== 'object' || argument === null) return {};
  // A row of a tree carries its input; everything else is the input itself.
  const source = 'input' in argument && typeof argument.input === 'object' ? argument.input : argument;
  return Object.fromEntries(
    Object.entries(source ?? {}).filter(([name]) => fields.some((field) => field.name === name)),
  );
}
