import * as vscode from 'vscode';

/** A value that can be taken instead of typing, and where it comes from. */
export interface Suggestion {
  readonly value: string;
  readonly source: 'selection' | 'clipboard' | 'recent' | 'host' | 'example';
}

const longest = 200;
const kept = 10;

/**
 * A browser asks its user for leave before anyone reads the clipboard, or refuses with a message. There it is read only
 * when the user says so.
 */
export function clipboardIsFree(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Desktop;
}

/** What lies in the clipboard, if it is one line that could be an input. */
export async function clipboardText(): Promise<string | undefined> {
  return oneLine(await vscode.env.clipboard.readText());
}

/** The selected text, or the word-like run of characters at the cursor. */
export function textAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  if (!editor.selection.isEmpty) return oneLine(editor.document.getText(editor.selection));
  const range = editor.document.getWordRangeAtPosition(editor.selection.active, /[^\s"'`,;()<>{}=|]+/);
  return range === undefined ? undefined : oneLine(editor.document.getText(range));
}

function oneLine(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.length > longest || /[\r\n]/.test(trimmed) ? undefined : trimmed;
}

/** What was entered for one input of one tool before, newest first; kept on this machine. */
export class RecentValues {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly toolId: string,
    private readonly field: string,
  ) {}

  list(): readonly string[] {
    const stored = this.memory.get<unknown>(this.key());
    return Array.isArray(stored) ? stored.filter((value) => typeof value === 'string') : [];
  }

  async add(value: string): Promise<void> {
    await this.memory.update(this.key(), [value, ...this.list().filter((other) => other !== value)].slice(0, kept));
  }

  private key(): string {
    return `recent:${this.toolId}:${this.field}`;
  }
}
