import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { machineOf, machinePath, scheme, uriPath } from '../../../lib/fileUri';
import type { FileFacts } from '../../../runtime/files/calls';
import { FolderNames } from '../core/folderNames';

/** So many files of a host are looked at; a watch beyond that is not served. */
const MAX_WATCHED = 200;

/**
 * Watches by looking again and again, one question for all files and folders of a host, while the window has the focus:
 * nothing that is installed on a host could tell. Folders are those that somebody has opened in the Explorer.
 */
export class FileWatch implements vscode.Disposable {
  /** By the authority. */
  private readonly hosts = new Map<string, WatchedHost>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly onChange: (events: vscode.FileChangeEvent[]) => void,
  ) {}

  add(uri: vscode.Uri): vscode.Disposable {
    const watched = this.hosts.get(uri.authority) ?? { files: new Map<string, Watched>(), folders: new FolderNames() };
    this.hosts.set(uri.authority, watched);
    const key = uri.toString();
    const known = watched.files.get(key);
    if (known !== undefined) known.count += 1;
    else if (watched.files.size < MAX_WATCHED) watched.files.set(key, { uri, count: 1, last: undefined });
    this.schedule();
    return new vscode.Disposable(() => this.remove(uri.authority, key));
  }

  /** A folder was listed; where something around it is watched, what comes and goes in it is told from now on. */
  listed({ authority, path }: vscode.Uri, names: readonly string[]): void {
    const watched = this.hosts.get(authority);
    if (watched === undefined) return;
    const isWithin = [...watched.files.values()].some(({ uri }) => isInside(path, uri.path));
    if (isWithin) watched.folders.listed(machinePath(path), names);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.hosts.clear();
  }

  private remove(authority: string, key: string): void {
    const files = this.hosts.get(authority)?.files;
    const known = files?.get(key);
    if (files === undefined || known === undefined) return;
    known.count -= 1;
    if (known.count <= 0) files.delete(key);
    if (files.size === 0) this.hosts.delete(authority);
  }

  /** A look that is to come anyway is not put off by one more file. */
  private schedule(): void {
    if (this.timer !== undefined || this.hosts.size === 0) return;
    const seconds = vscode.workspace.getConfiguration('opsdeck.ssh').get<number>('watchSeconds', 5);
    const lookAndGoOn = async (): Promise<void> => {
      await this.look();
      this.timer = undefined;
      this.schedule();
    };
    this.timer = setTimeout(() => void lookAndGoOn(), seconds * 1_000);
  }

  private async look(): Promise<void> {
    if (!vscode.window.state.focused) return;
    await Promise.all([...this.hosts].map(([authority, watched]) => this.lookAt(authority, watched)));
  }

  private async lookAt(authority: string, { files, folders }: WatchedHost): Promise<void> {
    const machine = machineOf(authority);
    // A watch must not open a connection, nor ask for a password.
    if (!this.host.connected().some(({ name }) => name === machine)) return;
    const all = [...files.values()];
    const open = folders.paths;
    const paths = [...all.map(({ uri }) => machinePath(uri.path)), ...open];
    // A host that does not answer has changed nothing that we know of.
    const found = await this.host.files(machine, 'stats', { paths }).catch(() => undefined);
    if (found === undefined) return;
    const inFolders = open.map((folder, index) =>
      this.changesIn({ authority, machine, folder, folders }, found[all.length + index] ?? null),
    );
    const events = [
      ...all.flatMap((file, index) => changeOf(file, found[index] ?? null)),
      ...(await Promise.all(inFolders)).flat(),
    ];
    if (events.length > 0) this.onChange(events);
  }

  private async changesIn(
    { authority, machine, folder, folders }: Followed,
    facts: FileFacts | null,
  ): Promise<readonly vscode.FileChangeEvent[]> {
    if (facts === null) {
      folders.forget(folder);
      return [];
    }
    if (!folders.isStale(folder, facts.modifiedMs)) return [];
    const entries = await this.host.files(machine, 'list', { path: folder }).catch(() => undefined);
    if (entries === undefined) return [];
    const names = entries.map(({ name }) => name);
    const { added, gone } = folders.update(folder, names);
    const place = folder === '/' ? '' : folder;
    const eventOf = (type: vscode.FileChangeType) => (name: string) => ({
      type,
      uri: vscode.Uri.from({ scheme, authority, path: uriPath(`${place}/${name}`) }),
    });
    return [...added.map(eventOf(vscode.FileChangeType.Created)), ...gone.map(eventOf(vscode.FileChangeType.Deleted))];
  }
}

interface WatchedHost {
  readonly files: Map<string, Watched>;
  readonly folders: FolderNames;
}

interface Watched {
  readonly uri: vscode.Uri;
  count: number;
  /** undefined until it was looked at. */
  last: FileFacts | null | undefined;
}

interface Followed {
  readonly authority: string;
  readonly machine: string;
  readonly folder: string;
  readonly folders: FolderNames;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function changeOf(file: Watched, now: FileFacts | null): readonly vscode.FileChangeEvent[] {
  const before = file.last;
  file.last = now;
  if (before === undefined) return [];
  const { uri } = file;
  if (before === null) return now === null ? [] : [{ type: vscode.FileChangeType.Created, uri }];
  if (now === null) return [{ type: vscode.FileChangeType.Deleted, uri }];
  const same = before.modifiedMs === now.modifiedMs && before.sizeBytes === now.sizeBytes;
  return same ? [] : [{ type: vscode.FileChangeType.Changed, uri }];
}
