import * as os from 'node:os';
import * as vscode from 'vscode';
import { hasLoneSurrogate, shownPath } from '../../../lib/bytePath';
import { authorityOf, machineOf, machinePath, scheme as hostScheme, uriPath } from '../../../lib/fileUri';
import { localName } from '../../../machine/machines';
import { below } from '../../../machine/treePaths';
import { parsePlace, placeText } from '../core/sources/place';
import { parseSource } from '../core/sources/source';
import type { SideResult } from '../core/trees/schema';

/** Files that a comparison can be told of by a path: of this computer and of hosts. */
export function isPlace({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || scheme === hostScheme;
}

/** As the tools take it. */
export function placeOf(uri: vscode.Uri): string {
  return uri.scheme === hostScheme ? placeText(machineOf(uri.authority), machinePath(uri.path)) : uri.fsPath;
}

/** What is in a side, for VS Code's own editors; undefined where only our tools can read it. */
export function uriIn({ machine, path, source }: SideResult, relative: string): vscode.Uri | undefined {
  return source === 'folder' ? uriOf(machine, below(path, relative)) : undefined;
}

export function uriOf(machine: string, path: string): vscode.Uri | undefined {
  if (machine !== localName) {
    return vscode.Uri.from({ scheme: hostScheme, authority: authorityOf(machine), path: uriPath(path) });
  }
  // VS Code has no way to name what is no Unicode.
  return hasLoneSurrogate(path) ? undefined : vscode.Uri.file(path);
}

/** Below a side, as a path of the comparison; undefined where it is not in it. */
export function pathIn(uri: vscode.Uri, { machine, path, source }: SideResult, given: string): string | undefined {
  if (source !== 'folder') return undefined;
  const isThere = uri.scheme === hostScheme ? machineOf(uri.authority) === machine : machine === localName;
  if (!isPlace(uri) || !isThere) return undefined;
  const file = uri.scheme === hostScheme ? machinePath(uri.path) : uri.fsPath.replaceAll('\\', '/');
  // Where the side was named through a link, so may the file be.
  for (const root of [path, parsePlace(given).path].map((one) => one.replaceAll('\\', '/').replace(/\/+$/, ''))) {
    if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  }
  return undefined;
}

/** A side in few words: within the workspace or the home folder by its path there. */
export function shortPlace(text: string): string {
  const { machine, path } = parsePlace(text);
  const source = parseSource(text);
  if (source.kind === 'git' && source.machine === null) return `${shortPlace(source.path)} (${source.ref})`;
  if (machine !== null && machine !== localName) return `${machine}:${shownPath(path)}`;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path);
  if (folder !== undefined) return folder.name;
  if (!hasLoneSurrogate(path)) {
    const relative = vscode.workspace.asRelativePath(vscode.Uri.file(path));
    if (relative !== path) return shownPath(relative);
  }
  const home = `${os.homedir()}/`;
  return shownPath(path.startsWith(home) ? `~/${path.slice(home.length)}` : path);
}
