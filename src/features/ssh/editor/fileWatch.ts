import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { FileFacts } from '../../../runtime/files/calls';
import { machineOf, machinePath } from '../core/fileUri';

/** So many files of a host are looked at; a watch beyond that is not served. */
const MAX_WATCHED = 200;

/**
 * Watches by looking again and again, one question for all files of a host, while the window has the focus: nothing
 * that is installed on a host could tell.
 */
export class FileWatch implements vscode.Disposable {
  /** By host, then by URI. */
  private readonly watched = new Map<string, Map<string, Watched>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly onChange: (events: vscode.FileChangeEvent[]) => void,
  ) {}

  add(uri: vscode.Uri): vscode.Disposable {
    const files = this.watched.get(uri.authority) ?? new Map<string, Watched>();
    this.watched.set(uri.authority, files);
    const key = uri.toString();
    const known = files.get(key);
    if (known !== undefined) known.count += 1;
    else if (files.size < MAX_WATCHED) files.set(key, { uri, count: 1, last: undefined });
    this.schedule();
    return new vscode.Disposable(() => this.remove(uri.authority, key));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watched.clear();
  }

  private remove(authority: string, key: string): void {
    const files = this.watched.get(authority);
    const known = files?.get(key);
    if (files === undefined || known === undefined) return;
    known.count -= 1;
    if (known.count <= 0) files.delete(key);
    if (files.size === 0) this.watched.delete(authority);
  }

  /** A look that is to come anyway is not put off by one more file. */
  private schedule(): void {
    if (this.timer !== undefined || this.watched.size === 0) return;
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
    await Promise.all([...this.watched].map(([authority, files]) => this.lookAt(authority, [...files.values()])));
  }

  private async lookAt(authority: string, files: readonly Watched[]): Promise<void> {
    const machine = machineOf(authority);
    // A watch must not open a connection, nor ask for a password.
    if (!this.host.connected().some(({ name }) => name === machine)) return;
    const paths = files.map(({ uri }) => machinePath(uri.path));
    // A host that does not answer has changed nothing that we know of.
    const found = await this.host.files(machine, 'stats', { paths }).catch(() => undefined);
    if (found === undefined) return;
    const events = files.flatMap((file, index) => changeOf(file, found[index] ?? null));
    if (events.length > 0) this.onChange(events);
  }
}

interface Watched {
  readonly uri: vscode.Uri;
  count: number;
  /** undefined until it was looked at. */
  last: FileFacts | null | undefined;
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
