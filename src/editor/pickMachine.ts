import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { withoutIcons } from '../lib/withoutIcons';
import { localName, type Inventory } from '../machine/machines';
import { pickOrType } from './pickOrType';

const recentKey = 'recentMachines';
const maxRecent = 8;
const noInventory: Inventory = { hosts: [], problems: [] };

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
  const itemsOf = (inventory: Inventory): readonly MachineItem[] =>
    machineItems(host.memory, inventory, { except, local });
  const choice = await pickOrType<MachineItem>({
    title,
    placeholder: l10n.t('A host of your SSH configuration or hosts files, or [user@]host[:port]'),
    items: itemsOf(noInventory),
    allItems: async (signal) => {
      const inventory = await host.inventory(signal).catch((error: unknown) => host.onProblem(error));
      return itemsOf(inventory ?? noInventory);
    },
    typed: (text, items) => {
      const isKnown = text === '' || items.some(({ machine }) => machine === text);
      return isKnown ? undefined : typedItem(text);
    },
  });
  return choice?.machine;
}

function typedItem(typed: string): MachineItem {
  return {
    label: `$(arrow-right) ${withoutIcons(typed)}`,
    description: l10n.t('press Enter'),
    machine: typed,
    alwaysShow: true,
  };
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
