import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Workbench } from '../editor/workbench';
import { rememberMachine } from '../editor/pickMachine';
import type { RunRequest } from '../report/protocol';
import { inLanguage } from '../tool/manifest';

/**
 * "Run on…": the report in front asks its question of another machine; without one, or from a host of the tree, a tool
 * is chosen first.
 */
export async function runOn(workbench: Workbench, argument: unknown): Promise<void> {
  const title = l10n.t('Run on Another Machine');
  await workbench.attempt(title, async () => {
    const given = machineOf(argument);
    const active = given === undefined ? workbench.activeRequest() : undefined;
    const machine = given ?? (await workbench.pickMachine(title, { except: active?.machine, local: true }));
    if (machine === undefined) return;
    const request = active ?? (await pickTool(workbench, machine));
    if (request === undefined) return;
    await rememberMachine(workbench.context.globalState, machine);
    await workbench.callTool({ ...request, machine });
  });
}

function machineOf(argument: unknown): string | undefined {
  const named = typeof argument === 'object' && argument !== null && 'machine' in argument;
  return named && typeof argument.machine === 'string' ? argument.machine : undefined;
}

async function pickTool(workbench: Workbench, machine: string): Promise<Omit<RunRequest, 'machine'> | undefined> {
  const items = workbench.tools.map(({ id, manifest }) => ({
    label: inLanguage(manifest.title, vscode.env.language).replace(/…$/, ''),
    description: id,
    detail: inLanguage(manifest.description, vscode.env.language),
    iconPath: new vscode.ThemeIcon(manifest.icon),
    tool: id,
  }));
  const title = l10n.t('Run on {0}', machine);
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  return chosen === undefined ? undefined : { tool: chosen.tool, input: {} };
}
