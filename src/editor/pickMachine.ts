import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { localName, type Inventory } from '../machine/machines';

const recentKey = 'recentMachines';
const maxRecent = 8;

/** What the picker needs of the house. */
export interface PickerHost {
  readonly memory: vscode.Memento;
  inventory(signal: AbortSignal): Promise<Inventory>;
  onProblem(error: unknown): void;
}

export interface PickOptions {
  /** A machine that is not offered, because it is where one is. */
  readonly except?: string | undefined;
  /** Offers this machine too. */
  readonly local?: boolean;
}

interface MachineItem extends vscode.QuickPickItem {
  readonly machine?: string;
}

/** This machine, the recent ones, every host that is known, and whatever name is typed. undefined when the user leaves. */
export async function pickMachine(
  host: PickerHost,
  title: string,
  { except, local = false }: PickOptions = {},
): Promise<string | undefined> {
  const box = vscode.window.createQuickPick<MachineItem>();
  box.title = title;
  box.placeholder = l10n.t('A host of your SSH configuration or hosts files, or [user@]host[:port]');
  box.matchOnDescription = true;
  box.ignoreFocusOut = true;
  box.busy = true;
  const controller = new AbortController();
  let items: readonly MachineItem[] = machineItems(host.memory, { hosts: [], problems: [] }, { except, local });
  const fill = (): void => {
    const typed = box.value.trim();
    const own = typed === '' || items.some(({ machine }) => machine === typed) ? [] : [typedItem(typed)];
    box.items = [...items, ...own];
  };
  fill();
  void host
    .inventory(controller.signal)
    .then((inventory) => {
      items = machineItems(host.memory, inventory, { except, local });
      fill();
    })
    .catch((error: unknown) => host.onProblem(error))
    .finally(() => (box.busy = false));
  return new Promise((resolve) => {
    box.onDidChangeValue(fill);
    box.onDidAccept(() => {
      const machine = box.activeItems[0]?.machine;
      if (machine === undefined) return;
      resolve(machine);
      box.hide();
    });
    box.onDidHide(() => {
      controller.abort();
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function typedItem(typed: string): MachineItem {
  return { label: `$(arrow-right) ${typed}`, description: l10n.t('press Enter'), machine: typed, alwaysShow: true };
}

function machineItems(
  memory: vscode.Memento,
  inventory: Inventory,
  { except, local }: PickOptions,
): readonly MachineItem[] {
  const known = new Map(inventory.hosts.map((host) => [host.name, host]));
  const recent = recentMachines(memory).filter((name) => name !== except);
  const others = inventory.hosts.map(({ name }) => name).filter((name) => name !== except && !recent.includes(name));
  const item = (name: string): MachineItem => {
    const host = known.get(name);
    const description = [host?.address, ...(host?.groups ?? []), ...(host?.tags ?? [])].filter((text) => text != null);
    return {
      label: name,
      description: description.join(' · '),
      iconPath: new vscode.ThemeIcon('server'),
      machine: name,
    };
  };
  const separator = (label: string): MachineItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...(!local || except === localName
      ? []
      : [{ label: l10n.t('This machine'), iconPath: new vscode.ThemeIcon('device-desktop'), machine: localName }]),
    ...(recent.length === 0 ? [] : [separator(l10n.t('recent')), ...recent.map(item)]),
    ...(others.length === 0 ? [] : [separator(l10n.t('hosts')), ...others.map(item)]),
  ];
}

/** Newest first. */
export function recentMachines(memory: vscode.Memento): readonly string[] {
  return memory.get<readonly string[]>(recentKey, []);
}

export async function rememberMachine(memory: vscode.Memento, machine: string): Promise<void> {
  if (machine === localName) return;
  const others = recentMachines(memory).filter((name) => name !== machine);
  await memory.update(recentKey, [machine, ...others].slice(0, maxRecent));
}
