import * as vscode from 'vscode';
import type { FileSystem } from './feature';

/** A file system whose feature is loaded when something of it is first asked for. */
export function registerLazyFileSystem(scheme: string, load: () => Promise<FileSystem>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let loaded: Promise<FileSystem> | undefined;
  const provider = (): Promise<FileSystem> => {
    loaded ??= load().then((made) => {
      made.onDidChangeFile((events) => changed.fire(events));
      return made;
    });
    return loaded;
  };
  const registered = vscode.workspace.registerFileSystemProvider(
    scheme,
    {
      onDidChangeFile: changed.event,
      watch: (uri, options) => watchLater(provider(), uri, options),
      stat: async (uri) => (await provider()).stat(uri),
      readDirectory: async (uri) => (await provider()).readDirectory(uri),
      createDirectory: async (uri) => (await provider()).createDirectory(uri),
      readFile: async (uri) => (await provider()).readFile(uri),
      writeFile: async (uri, content, options) => (await provider()).writeFile(uri, content, options),
      delete: async (uri, options) => (await provider()).delete(uri, options),
      rename: async (from, to, options) => (await provider()).rename(from, to, options),
      copy: async (from, to, options) => (await provider()).copy(from, to, options),
    },
    { isCaseSensitive: true },
  );
  return vscode.Disposable.from(registered, changed);
}

type WatchOptions = Parameters<vscode.FileSystemProvider['watch']>[1];

function watchLater(
  provider: Promise<vscode.FileSystemProvider>,
  uri: vscode.Uri,
  options: WatchOptions,
): vscode.Disposable {
  let over = false;
  let watching: vscode.Disposable | undefined;
  void provider.then((made) => {
    if (!over) watching = made.watch(uri, options);
  });
  return new vscode.Disposable(() => {
    over = true;
    watching?.dispose();
  });
}
