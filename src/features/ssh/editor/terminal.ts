import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { rememberMachine } from '../../../editor/pickMachine';

/** Opens a terminal on a host, by the system's own ssh; asks for the host where none is given. */
export async function openTerminal(host: EditorHost, machine: string | undefined): Promise<void> {
  const options = await terminalOptions(host, machine);
  if (options !== undefined) vscode.window.createTerminal(options).show();
}

/** undefined when the user leaves. */
export async function terminalOptions(host: EditorHost, given?: string): Promise<vscode.TerminalOptions | undefined> {
  const machine = given ?? (await host.pickMachine(l10n.t('Open a Terminal on a Host')));
  if (machine === undefined) return undefined;
  await rememberMachine(host.context.globalState, machine);
  const { hosts } = await host.inventory(new AbortController().signal);
  const known = hosts.find(({ name }) => name === machine);
  const colour = known?.policy.colour ?? null;
  return {
    name: machine,
    shellPath: 'ssh',
    shellArgs: [...sshArguments(machine, known)],
    iconPath: new vscode.ThemeIcon('remote'),
    ...(colour === null
      ? {}
      : {
          color: new vscode.ThemeColor(
            `terminal.ansi${colour === 'orange' ? 'Yellow' : colour === 'purple' ? 'Magenta' : colour[0]?.toUpperCase() + colour.slice(1)}`,
          ),
        }),
    isTransient: true,
  };
}

interface KnownHost {
  readonly address: string | null;
  readonly port: number | null;
  readonly user: string | null;
}

/** What ssh(1) is told: a name that looks like an option stays a name behind `--`. */
function sshArguments(machine: string, known: KnownHost | undefined): readonly string[] {
  const configFile = vscode.workspace.getConfiguration('opsdeck.ssh').get<string>('configFile', '').trim();
  return [
    ...(configFile === '' ? [] : ['-F', configFile]),
    ...(known?.address == null ? [] : ['-o', `HostName=${known.address}`]),
    ...(known?.port == null ? [] : ['-p', String(known.port)]),
    ...(known?.user == null ? [] : ['-l', known.user]),
    '--',
    machine,
  ];
}
