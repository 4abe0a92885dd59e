import * as l10n from '@vscode/l10n';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { messageOf, throwIfCancelled } from '../../lib/errors';
import type { Inventory } from '../machines';
import { listAliases } from '../ssh/config/aliases';
import { ansibleHosts } from './ansibleHosts';
import { readAnsibleIni } from './ansibleIni';
import type { AnsibleModel } from './ansibleModel';
import { readAnsibleYaml } from './ansibleYaml';
import { InventoryCollector } from './collect';
import { inventoryKind } from './kind';
import { readKnownNames } from './knownHosts';
import { MAX_HOSTS } from './ranges';
import { readHostsFile } from './readHostsFile';

/** Files that name hosts. */
export interface InventorySources {
  readonly sshConfigFiles: readonly InventoryFile[];
  readonly knownHostsFiles: readonly InventoryFile[];
  /** Ansible's, INI or YAML, and `*.hosts.yaml`. */
  readonly inventoryFiles: readonly InventoryFile[];
}

export interface InventoryFile {
  /** Absolute. */
  readonly file: string;
  /** The user named it: that it is missing is a problem. */
  readonly required: boolean;
}

const MAX_BYTES = 1_048_576;
/** A line has the key of a host, up to 1 kB. */
const MAX_KNOWN_HOSTS_BYTES = 16 * MAX_BYTES;

/**
 * The hosts of all files: those of SSH configurations first, then those of inventories, then what only known_hosts
 * knows. Nothing is executed and no network is asked. What cannot be read is a problem in the answer; throws
 * CancelledError only.
 */
export async function readInventory(sources: InventorySources, signal: AbortSignal): Promise<Inventory> {
  const collector = new InventoryCollector();
  await addAliases(sources.sshConfigFiles, collector, signal);
  for (const file of sources.inventoryFiles) await addInventory(file, collector, signal);
  for (const file of sources.knownHostsFiles) await addKnownHosts(file, collector, signal);
  throwIfCancelled(signal);
  return collector.inventory();
}

async function addAliases(
  files: readonly InventoryFile[],
  collector: InventoryCollector,
  signal: AbortSignal,
): Promise<void> {
  for (const { file, required } of files) {
    const home = homeOf(file);
    const settings = { home, env: process.env, includeFolder: includeFolderOf(file, home) };
    const { aliases, problems, found } = await listAliases([file], settings, signal);
    if (required && !found.has(file)) collector.problem(file, null, missing());
    for (const { line, message } of problems) collector.problem(file, line, message);
    for (const { name, file: place, line } of aliases) {
      collector.add({ name, source: { kind: 'ssh-config', file: place, line } });
    }
  }
}

/** `~` of a configuration in HOME/.ssh is that HOME. */
function homeOf(file: string): string {
  const folder = path.dirname(file);
  return path.basename(folder) === '.ssh' ? path.dirname(folder) : os.homedir();
}

/** Where ssh looks for what an Include names without a folder: the system's beside its file, all others in ~/.ssh. */
function includeFolderOf(file: string, home: string): string {
  return path.basename(file) === 'ssh_config' ? path.dirname(file) : path.join(home, '.ssh');
}

async function addInventory(source: InventoryFile, collector: InventoryCollector, signal: AbortSignal): Promise<void> {
  const content = await readSource(source, collector, signal);
  if (content === null) return;
  const { file } = source;
  const kind = inventoryKind(file, content);
  if (content.executable && kind.kind !== 'hosts-file' && kind.kind !== 'dynamic') {
    collector.problem(file, null, l10n.t('it is marked as a program; it was read as text and never run'));
  }
  if (kind.kind === 'dynamic') {
    const message = l10n.t(
      'it is a dynamic inventory, which is never run here; save what “ansible-inventory --list --yaml” prints in a file, and name that',
    );
    collector.problem(file, null, message);
  } else if (kind.kind === 'hosts-file') readHostsFile(file, kind.yaml, collector);
  else
    addAnsible(
      file,
      kind.kind === 'ansible-yaml' ? readAnsibleYaml(kind.yaml, MAX_HOSTS) : readAnsibleIni(content.text, MAX_HOSTS),
      collector,
    );
}

function addAnsible(file: string, model: AnsibleModel, collector: InventoryCollector): void {
  for (const host of ansibleHosts(model, file)) collector.add(host);
  for (const { line, message } of model.problems) collector.problem(file, line, message);
}

async function addKnownHosts(source: InventoryFile, collector: InventoryCollector, signal: AbortSignal): Promise<void> {
  const content = await readSource(source, collector, signal, MAX_KNOWN_HOSTS_BYTES);
  const addresses = collector.addresses();
  for (const { name, port, line } of readKnownNames(content?.text ?? '')) {
    if (collector.has(name) || addresses.has(name)) continue;
    collector.add({ name, port, source: { kind: 'known-hosts', file: source.file, line } });
  }
}

export interface SourceContent {
  readonly text: string;
  /** Anybody may run it; never on Windows, where this is not told. */
  readonly executable: boolean;
}

/** null, and a problem where that is one, when there is nothing to read. */
async function readSource(
  { file, required }: InventoryFile,
  collector: InventoryCollector,
  signal: AbortSignal,
  maxBytes = MAX_BYTES,
): Promise<SourceContent | null> {
  throwIfCancelled(signal);
  try {
    const stat = await fs.stat(file);
    if (!stat.isFile()) collector.problem(file, null, l10n.t('it is no file'));
    else if (stat.size > maxBytes)
      collector.problem(file, null, l10n.t('it is longer than {0} MB', maxBytes / MAX_BYTES));
    else {
      const executable = process.platform !== 'win32' && (stat.mode & 0o111) !== 0;
      return { text: (await fs.readFile(file, 'utf8')).replace(/^\ufeff/u, ''), executable };
    }
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (required || !absent) collector.problem(file, null, absent ? missing() : messageOf(error));
  }
  return null;
}

function missing(): string {
  return l10n.t('there is no such file');
}
