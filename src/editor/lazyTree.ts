import * as vscode from 'vscode';

/** A tree whose feature is loaded when the view is first opened. */
export function createLazyTree(
  id: string,
  load: (view: vscode.TreeView<unknown>) => Promise<vscode.TreeDataProvider<unknown>>,
  canSelectMany = false,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<unknown>();
  let loaded: Promise<vscode.TreeDataProvider<unknown>> | undefined;
  const provider = (): Promise<vscode.TreeDataProvider<unknown>> => {
    loaded ??= load(view).then((tree) => {
      tree.onDidChangeTreeData?.((element) => changed.fire(element));
      return tree;
    });
    return loaded;
  };
  const view = vscode.window.createTreeView<unknown>(id, {
    showCollapseAll: true,
    canSelectMany,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (element) => (await provider()).getChildren(element),
      getTreeItem: async (element) => (await provider()).getTreeItem(element),
    },
  });
  return vscode.Disposable.from(view, changed);
}
