import * as vscode from 'vscode';
import type { Workbench } from '../editor/workbench';
import { checkInput, fieldsOf, valueOf, type Field } from '../tool/fields';
import { inLanguage } from '../tool/manifest';
import { findTool } from '../tool/registry';
import { inNextTurn } from '../editor/turn';
import { ask } from './prompts';

/**
 * The palette command of any tool: asks for its required inputs and opens its report. An input given as the command's
 * argument (from a key binding, a link or another command) is taken as it is and not asked for.
 */
export async function runFromPalette(workbench: Workbench, toolId: string, argument: unknown): Promise<void> {
  const entry = findTool(workbench.tools, toolId);
  const title = inLanguage(entry.manifest.title, vscode.env.language);
  await workbench.attempt(title, async () => {
    const tool = await inNextTurn(() => entry.load());
    const fields = fieldsOf(tool);
    const given = givenInput(fields, argument);
    if (given !== undefined && checkInput(tool, given).kind === 'accepted') return workbench.openTool(toolId, given);
    const input: Record<string, unknown> = { ...given };
    const wanted = fields.filter((field) => field.required);
    for (const [index, field] of wanted.entries()) {
      const question = { tool, toolId, title, field, step: index + 1, steps: wanted.length };
      const answer = await ask(question, workbench.context.globalState);
      if (answer === undefined) return;
      input[field.name] = valueOf(field, answer);
    }
    await workbench.openTool(toolId, input);
  });
}

/** The fields of the tool that the argument names; menus pass arguments of their own, which name none. */
function givenInput(fields: readonly Field[], argument: unknown): Record<string, unknown> | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const named = Object.entries(argument).filter(([name]) => fields.some((field) => field.name === name));
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
