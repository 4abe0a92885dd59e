import * as vscode from 'vscode';
import type { Workbench } from '../editor/workbench';
import { inLanguage, type ToolVariant } from '../tool/manifest';
import { findTool } from '../tool/registry';
import { valueOf, type Field } from '../tool/values';
import { runChange } from './change';
import { ask } from './prompts';

/**
 * The palette command of any tool, or of a variant of it: asks for the inputs that it cannot do without and opens its
 * report; what changes something is confirmed first. An input given as the command's argument (from a row of a report,
 * a tree, a key binding, a link) is taken as it is, and only what it lacks is asked for.
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
    const given: Record<string, unknown> = { ...variant?.input, ...givenInput(fields, argument) };
    const also = (variant ?? entry.manifest).ask ?? [];
    const settled = also.some((name) => name in given);
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
    await (entry.manifest.effect === 'change'
      ? runChange(workbench, toolId, given)
      : workbench.openTool(toolId, given));
  });
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
