import * as vscode from 'vscode';

/** A list to choose from that also takes what is typed. */
export interface ListOrText<Item extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** All items, where finding them takes a while. */
  readonly allItems?: (signal: AbortSignal) => Promise<readonly Item[]>;
  /** The typed text as an item; undefined where it is none, such as a text that stands in the list. */
  readonly typed: (text: string, items: readonly Item[]) => Item | undefined;
}

/** What the user chose or typed; undefined when they leave. */
export function pickOrType<Item extends vscode.QuickPickItem>(question: ListOrText<Item>): Promise<Item | undefined> {
  const box = vscode.window.createQuickPick<Item>();
  box.title = question.title;
  box.placeholder = question.placeholder;
  box.matchOnDescription = true;
  box.ignoreFocusOut = true;
  const controller = new AbortController();
  let { items } = question;
  let own: Item | undefined;
  const fill = (): void => {
    own = question.typed(box.value.trim(), items);
    // Last, and only where there is one: a click finds its item by its place in the list, which must not have moved.
    box.items = own === undefined ? items : [...items, own];
  };
  const findAll = async (find: (signal: AbortSignal) => Promise<readonly Item[]>): Promise<void> => {
    box.busy = true;
    items = await find(controller.signal).finally(() => (box.busy = false));
    fill();
  };
  fill();
  if (question.allItems !== undefined) void findAll(question.allItems);
  return new Promise((resolve) => {
    box.onDidChangeValue((value) => {
      if (own !== undefined || question.typed(value.trim(), items) !== undefined) fill();
    });
    box.onDidAccept(() => {
      // Enter may come before what was typed last is in the list.
      const choice = box.activeItems[0] ?? own;
      if (choice === undefined) return;
      resolve(choice);
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
