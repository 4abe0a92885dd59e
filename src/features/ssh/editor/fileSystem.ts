import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { machineOf, machinePath, uriPath } from '../../../lib/fileUri';
import { withoutIcons } from '../../../lib/withoutIcons';
import type { FileKind } from '../../../machine/machine';
import type { FileCalls, FileVerb } from '../../../runtime/files/calls';
import { HostPauses } from '../core/hostPause';
import { Saves } from '../core/saves';
import { carryAcross, type Place } from './across';
import { asFileError, isAboutHost } from './fileErrors';
import { askElevated, askElevatedSave, askReplace } from './fileQuestions';
import { FileWatch } from './fileWatch';

interface WriteMode {
  readonly create: boolean;
  readonly overwrite: boolean;
}

/** Files on hosts as VS Code sees them: opsdeck-ssh://host/path. */
export class HostFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly watches: FileWatch;
  private readonly saves = new Saves();
  private readonly pauses = new HostPauses();
  /** Opened with sudo, and the user has said that it may be written. */
  private readonly confirmed = new Set<string>();

  constructor(private readonly host: EditorHost) {
    this.watches = new FileWatch(host, (events) => this.changed.fire(events));
    host.context.subscriptions.push(
      this.changed,
      this.watches,
      host.onDidChangeConnected(() => host.connected().forEach(({ name }) => this.pauses.forget(name))),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.confirmed.delete(uri.toString())),
    );
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return this.watches.add(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const [facts, policy] = await Promise.all([
      this.ask(uri, 'stat', { path: machinePath(uri.path), elevated: isElevated(uri) }),
      this.host.policyOf(machineOf(uri.authority)),
    ]);
    this.saves.looked(uri.toString(), facts);
    // Nobody may write it, also not its owner, or nothing may be changed on the host: VS Code shows the lock at once.
    const isLocked = !isElevated(uri) && facts.kind === 'file' && (facts.mode & 0o222) === 0;
    const isReadOnly = isLocked || policy.readOnly;
    return {
      type: typeOf(facts.kind, facts.isLink),
      ctime: 0,
      mtime: facts.modifiedMs,
      size: facts.sizeBytes,
      ...(isReadOnly ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.ask(uri, 'list', { path: machinePath(uri.path) });
    this.watches.listed(
      uri,
      entries.map(({ name }) => name),
    );
    return entries.map(({ name, kind, isLink }) => [uriPath(name), typeOf(kind, isLink)]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const elevated = isElevated(uri);
    const content = await this.ask(uri, 'read', { path: machinePath(uri.path), elevated }).catch((error: unknown) => {
      throw isDenied(error) && !elevated ? deniedRead(error) : error;
    });
    this.saves.read(uri.toString());
    return content;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array, mode: WriteMode): Promise<void> {
    const file = uri.toString();
    if (mode.overwrite && this.saves.isChangedUnseen(file) && !(await askReplace(uri))) throw notSaved();
    if (isElevated(uri) && !this.confirmed.has(file)) {
      if (!(await askElevatedSave(uri))) throw notSaved();
      this.confirmed.add(file);
    }
    await this.write(uri, content, mode);
    this.saves.wrote(file);
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await this.ask(uri, 'makeFolder', { path: machinePath(uri.path) });
    this.changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
  }

  async delete(uri: vscode.Uri, { recursive }: { recursive: boolean }): Promise<void> {
    const trash = vscode.workspace.getConfiguration('opsdeck.ssh').get<boolean>('trash', true);
    await this.ask(uri, 'remove', { path: machinePath(uri.path), recursive, trash });
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
    if (!trash) return;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const text = l10n.t('{0} is in the trash of {1} now (~/.local/share/Trash).', name, machineOf(uri.authority));
    vscode.window.setStatusBarMessage(`$(trash) ${withoutIcons(text)}`, 8_000);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): Promise<void> {
    if (from.authority === to.authority) {
      await this.ask(from, 'rename', { from: machinePath(from.path), to: machinePath(to.path), overwrite });
    } else {
      await this.during(from, () => carryAcross(this.host, placeOf(from), placeOf(to), { move: true, overwrite }));
    }
    this.changed.fire([
      { type: vscode.FileChangeType.Deleted, uri: from },
      { type: vscode.FileChangeType.Created, uri: to },
    ]);
  }

  /** VS Code itself would read and write file after file, and lose modes, times and links. */
  async copy(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): Promise<void> {
    await this.during(from, () => carryAcross(this.host, placeOf(from), placeOf(to), { move: false, overwrite }));
    this.changed.fire([{ type: vscode.FileChangeType.Created, uri: to }]);
  }

  private async write(uri: vscode.Uri, content: Uint8Array, mode: WriteMode): Promise<void> {
    const request = { path: machinePath(uri.path), content, ...mode };
    try {
      await this.ask(uri, 'write', { ...request, elevated: isElevated(uri) });
    } catch (error) {
      if (isElevated(uri) || !(await this.mayElevate(uri, error))) throw error;
      await this.ask(uri, 'write', { ...request, elevated: true });
    }
  }

  private async mayElevate(uri: vscode.Uri, error: unknown): Promise<boolean> {
    if (!isDenied(error) || (await this.host.policyOf(machineOf(uri.authority))).readOnly) return false;
    return askElevated(uri);
  }

  private ask<Verb extends FileVerb>(
    uri: vscode.Uri,
    verb: Verb,
    args: FileCalls[Verb]['args'],
  ): Promise<FileCalls[Verb]['answer']> {
    return this.during(uri, () => this.host.files(machineOf(uri.authority), verb, args));
  }

  private async during<T>(uri: vscode.Uri, work: () => Promise<T>): Promise<T> {
    const machine = machineOf(uri.authority);
    const isConnected = (): boolean => this.host.connected().some(({ name }) => name === machine);
    try {
      if (!isConnected()) this.pauses.refuse(machine, Date.now());
      return await work();
    } catch (error) {
      const shown = asFileError(error, uri);
      if (isAboutHost(error) && !isConnected()) this.pauses.failed(machine, shown, Date.now());
      throw shown;
    }
  }
}

/** Opened with sudo: opsdeck-ssh://host/etc/shadow?sudo. */
export function isElevated(uri: vscode.Uri): boolean {
  return uri.query === 'sudo';
}

function placeOf(uri: vscode.Uri): Place {
  return { machine: machineOf(uri.authority), path: machinePath(uri.path) };
}

function isDenied(error: unknown): error is vscode.FileSystemError {
  return error instanceof vscode.FileSystemError && error.code === 'NoPermissions';
}

function deniedRead({ message }: vscode.FileSystemError): Error {
  const hint = l10n.t('“Open with sudo” in its menu in the Explorer reads it as root.');
  return vscode.FileSystemError.NoPermissions(`${message} ${hint}`);
}

function notSaved(): Error {
  return vscode.FileSystemError.Unavailable(l10n.t('It was not saved, as you wished.'));
}

function typeOf(kind: FileKind, isLink: boolean): vscode.FileType {
  const type =
    kind === 'directory' ? vscode.FileType.Directory : kind === 'file' ? vscode.FileType.File : vscode.FileType.Unknown;
  return isLink ? type | vscode.FileType.SymbolicLink : type;
}
