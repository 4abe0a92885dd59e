import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { rememberMachine } from '../../../editor/pickMachine';
import type { Host } from '../../../machine/machines';
import { terminalArguments, terminalColour } from '../core/terminal';

/** Longer than VS Code takes to open a terminal. */
const OPENING_MS = 10_000;

/** Opens a terminal on a host, by the system's own ssh; asks for the host where none is given. */
export async function openTerminal(host: EditorHost, machine: string | undefined): Promise<void> {
  const options = await terminalOptions(host, machine);
  if (options !== undefined) vscode.window.createTerminal(options).show();
}

/** For the terminal profile. VS Code does not bring up a panel that is closed for the profile of an extension. */
export async function profileOptions(host: EditorHost): Promise<vscode.TerminalOptions | undefined> {
  const options = await terminalOptions(host);
  if (options === undefined) return undefined;
  const opened: vscode.Disposable = vscode.window.onDidOpenTerminal((terminal) => {
    if (terminal.name !== options.name) return;
    opened.dispose();
    terminal.show();
  });
  setTimeout(() => {
    opened.dispose();
  }, OPENING_MS).unref();
  return options;
}

/** undefined when the user leaves. */
export async function terminalOptions(host: EditorHost, given?: string): Promise<vscode.TerminalOptions | undefined> {
  const machine = given ?? (await host.pickMachine(l10n.t('Open a Terminal on a Host')));
  if (machine === undefined) return undefined;
  const { hosts } = await host.inventory(new AbortController().signal);
  const known = hosts.find(({ name }) => name === machine);
  if (known !== undefined && !(await mayOpen(known))) return undefined;
  await rememberMachine(host.context.globalState, machine);
  const configFile = vscode.workspace.getConfiguration('opsdeck.ssh').get<string>('configFile', '').trim();
  const colour = known === undefined ? undefined : terminalColour(known.policy);
  return {
    name: machine,
    shellPath: 'ssh',
    shellArgs: [...terminalArguments(machine, known, configFile)],
    iconPath: new vscode.ThemeIcon('remote'),
    ...(colour === undefined ? {} : { color: new vscode.ThemeColor(colour) }),
    isTransient: true,
  };
}

/** In a terminal nothing holds anybody back: whoever marked the host wants to be asked. */
async function mayOpen({ name, policy }: Host): Promise<boolean> {
  if (!policy.readOnly && !policy.confirm) return true;
  const open = l10n.t('Open Terminal');
  const question = l10n.t('Open a terminal on {0}?', name);
  const detail = policy.readOnly
    ? l10n.t('{0} is marked as read-only in its hosts file. What you type in a terminal is not held back.', name)
    : l10n.t('The hosts file says that everything on {0} is to be confirmed.', name);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, open)) === open;
}
