import type * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { Holder, Shown } from '../../../editor/session';
import { item, type TreeItem } from '../core/treeItem';

/** Lines of a tree that a live tool keeps up to date, from when they are first asked for; sampled only while seen. */
export class LiveItems implements vscode.Disposable {
  private items: readonly TreeItem[] = [];
  private holder: Holder | undefined;
  private first: Promise<void> | undefined;
  private open = true;
  private visible = true;

  constructor(
    private readonly host: EditorHost,
    private readonly tool: string,
    private readonly input: unknown,
    private readonly itemsOf: (result: unknown) => readonly TreeItem[],
    private readonly events: { onChange(shown: Shown): void },
  ) {}

  /** The lines; the first time, when the first result is there. */
  async begun(visible: boolean): Promise<readonly TreeItem[]> {
    this.first ??= this.begin(visible);
    await this.first;
    return this.items;
  }

  /** Whether the branch is expanded. */
  setOpen(open: boolean): void {
    const opened = open && !this.open;
    this.open = open;
    this.holder?.setVisible(this.open && this.visible);
    // What is not live is asked for anew when it is opened anew.
    const session = this.holder?.session;
    if (opened && session !== undefined && !['live', 'running'].includes(session.shown.state)) session.restart();
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.holder?.setVisible(this.open && this.visible);
  }

  dispose(): void {
    this.holder?.dispose();
  }

  private begin(visible: boolean): Promise<void> {
    this.visible = visible;
    return new Promise((resolve) => {
      this.holder = this.host.holdLive(
        { tool: this.tool, input: this.input, machine: 'local' },
        (shown) => {
          if (this.take(shown)) resolve();
        },
        visible,
      );
    });
  }

  /** Whether there is something to show, be it only why there is nothing. */
  private take(shown: Shown): boolean {
    if (shown.result !== undefined) this.items = this.itemsOf(shown.result);
    else if (shown.state === 'failed') this.items = [item(`${this.tool}/failed`, shown.message, '', 'warning')];
    else return shown.state !== 'running';
    this.events.onChange(shown);
    return true;
  }
}
