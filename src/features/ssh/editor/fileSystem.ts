import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { ExpectedError } from '../../../lib/errors';
import type { FileKind } from '../../../machine/machine';
import type { FileCalls, FileFacts, FileVerb } from '../../../runtime/files/calls';
import { machineOf, machinePath, uriPath } from '../core/fileUri';
import { FileWatch } from './fileWatch';

/** Files on hosts as VS Code sees them: opsdeck-ssh://host/path. */
export class HostFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly watches: FileWatch;

  constructor(private readonly host: EditorHost) {
    this.watches = new FileWatch(host, (events) => this.changed.fire(events));
    host.context.subscriptions.push(this.changed, this.watches);
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return this.watches.add(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const facts = await this.ask(uri, 'stat', { path: machinePath(uri.path), elevated: isElevated(uri) });
    return {
      type: typeOf(facts.kind, facts.isLink),
      ctime: 0,
      mtime: facts.modifiedMs,
      size: facts.sizeBytes,
      ...(isElevated(uri) ? {} : permissions(facts)),
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.ask(uri, 'list', { path: machinePath(uri.path) });
    return entries.map(({ name, kind, isLink }) => [uriPath(name), typeOf(kind, isLink)]);
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.ask(uri, 'read', { path: machinePath(uri.path), elevated: isElevated(uri) });
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { create: boolean; overwrite: boolean },
  ): Promise<void> {
    const request = { path: machinePath(uri.path), content, ...options };
    try {
      await this.ask(uri, 'write', { ...request, elevated: isElevated(uri) });
    } catch (error) {
      if (isElevated(uri) || !isDenied(error) || !(await this.mayElevate(uri))) throw error;
      await this.ask(uri, 'write', { ...request, elevated: true });
    }
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
  }

  async rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { overwrite: boolean }): Promise<void> {
    if (from.authority !== to.authority) {
      throw new vscode.FileSystemError(
        l10n.t('A file is moved to another host by copying it there and deleting it here.'),
      );
    }
    await this.ask(from, 'rename', { from: machinePath(from.path), to: machinePath(to.path), overwrite });
    this.changed.fire([
      { type: vscode.FileChangeType.Deleted, uri: from },
      { type: vscode.FileChangeType.Created, uri: to },
    ]);
  }

  private async mayElevate(uri: vscode.Uri): Promise<boolean> {
    const write = l10n.t('Write with sudo');
    const question = l10n.t('{0} on {1} is not yours to write.', uri.path, machineOf(uri.authority));
    const detail = l10n.t('It can be written as root with sudo; its owner and mode stay.');
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, write)) === write;
  }

  private async ask<Verb extends FileVerb>(
    uri: vscode.Uri,
    verb: Verb,
    args: FileCalls[Verb]['args'],
  ): Promise<FileCalls[Verb]['answer']> {
    try {
      return await this.host.files(machineOf(uri.authority), verb, args);
    } catch (error) {
      throw asFileError(error, uri);
    }
  }
}

/** Opened with sudo: opsdeck-ssh://host/etc/shadow?sudo. */
export function isElevated(uri: vscode.Uri): boolean {
  return uri.query === 'sudo';
}

function isDenied(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'NoPermissions';
}

/** What VS Code and other extensions understand; the text stays ours. */
function asFileError(error: unknown, uri: vscode.Uri): unknown {
  if (!(error instanceof ExpectedError)) return error;
  switch (error.code) {
    case 'missing':
      return vscode.FileSystemError.FileNotFound(uri);
    case 'exists':
      return vscode.FileSystemError.FileExists(uri);
    case 'not-a-folder':
      return vscode.FileSystemError.FileNotADirectory(uri);
    case 'is-a-folder':
      return vscode.FileSystemError.FileIsADirectory(uri);
    case 'denied':
    case 'read-only':
      return vscode.FileSystemError.NoPermissions(error.message);
    default:
      return vscode.FileSystemError.Unavailable(error.message);
  }
}

function typeOf(kind: FileKind, isLink: boolean): vscode.FileType {
  const type =
    kind === 'directory' ? vscode.FileType.Directory : kind === 'file' ? vscode.FileType.File : vscode.FileType.Unknown;
  return isLink ? type | vscode.FileType.SymbolicLink : type;
}

/** Nobody may write it, also not its owner: VS Code then shows the lock before somebody types. */
function permissions({ mode, kind }: FileFacts): { permissions?: vscode.FilePermission } {
  return kind === 'file' && (mode & 0o222) === 0 ? { permissions: vscode.FilePermission.Readonly } : {};
}
