import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { refusalOf, valueOf, type Field } from '../tool/fields';
import type { AnyTool } from '../tool/tool';
import { clipboardIsFree, clipboardText, RecentValues, textAtCursor, type Suggestion } from './suggestions';

export interface Question {
  readonly tool: AnyTool;
  readonly toolId: string;
  readonly title: string;
  readonly field: Field;
  readonly step: number;
  readonly steps: number;
}

interface AnswerItem extends vscode.QuickPickItem {
  /** Missing in an item that only tells why the typed text cannot be. */
  readonly answer?: string;
}

/**
 * Asks for one input in a quick pick: what is typed is judged at every key by the tool's own schema, and fitting
 * values (selection, clipboard, recent ones, examples) stand below it. undefined when the user leaves.
 */
export async function ask(question: Question, memory: vscode.Memento): Promise<string | undefined> {
  const recent = new RecentValues(memory, question.toolId, question.field.name);
  const suggestions = await fittingSuggestions(question, recent);
  const answer = await pick(question, suggestions);
  if (answer !== undefined) await recent.add(answer);
  return answer;
}

async function fittingSuggestions(question: Question, recent: RecentValues): Promise<readonly Suggestion[]> {
  const { field } = question;
  if (field.kind === 'choice') return field.choices.map((value) => ({ value, source: 'example' }));
  if (field.kind === 'boolean') return ['true', 'false'].map((value) => ({ value, source: 'example' }));
  const all: readonly (Suggestion | undefined)[] = [
    suggestion(textAtCursor(), 'selection'),
    suggestion(clipboardIsFree() ? await clipboardText() : undefined, 'clipboard'),
    ...recent.list().map((value) => suggestion(value, 'recent')),
    ...field.examples.map((value) => suggestion(value, 'example')),
  ];
  const first = new Map<string, Suggestion>();
  for (const candidate of all) {
    if (candidate === undefined || first.has(candidate.value)) continue;
    if (refusal(question, candidate.value) === undefined) first.set(candidate.value, candidate);
  }
  return [...first.values()];
}

function suggestion(value: string | undefined, source: Suggestion['source']): Suggestion | undefined {
  return value === undefined ? undefined : { value, source };
}

function pick(question: Question, suggestions: readonly Suggestion[]): Promise<string | undefined> {
  const box = vscode.window.createQuickPick<AnswerItem>();
  box.title = question.title;
  box.placeholder = question.field.description === '' ? question.field.title : question.field.description;
  if (question.steps > 1) {
    box.step = question.step;
    box.totalSteps = question.steps;
  }
  const fill = (): void => {
    box.items = itemsFor(question, suggestions, box.value);
    const first = box.items.find((item) => item.answer !== undefined);
    if (first !== undefined) box.activeItems = [first];
  };
  if (!clipboardIsFree()) offerPaste(box, fill);
  fill();
  return new Promise((resolve) => {
    box.onDidChangeValue(fill);
    box.onDidAccept(() => {
      const answer = box.activeItems[0]?.answer;
      if (answer === undefined) return;
      resolve(answer);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function offerPaste(box: vscode.QuickPick<AnswerItem>, fill: () => void): void {
  box.buttons = [{ iconPath: new vscode.ThemeIcon('clippy'), tooltip: l10n.t('Take what is in the clipboard') }];
  box.onDidTriggerButton(async () => {
    const text = await clipboardText();
    if (text === undefined) return;
    box.value = text;
    fill();
  });
}

/** The typed text first, with its refusal if it has one, then what fits it. */
export function itemsFor(question: Question, suggestions: readonly Suggestion[], typed: string): readonly AnswerItem[] {
  const text = typed.trim();
  const items: AnswerItem[] = [];
  if (text !== '' && !suggestions.some((suggestion) => suggestion.value === text))
    items.push(typedItem(question, text));
  let group: Suggestion['source'] | undefined;
  for (const suggestion of suggestions) {
    if (!suggestion.value.toLowerCase().includes(text.toLowerCase())) continue;
    if (suggestion.source !== group) {
      group = suggestion.source;
      items.push({ label: groupTitle(question.field, group), kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({ label: suggestion.value, answer: suggestion.value, alwaysShow: true });
  }
  return items;
}

function typedItem(question: Question, text: string): AnswerItem {
  const reason = refusal(question, text);
  return reason === undefined
    ? { label: `$(check) ${text}`, description: l10n.t('press Enter'), answer: text, alwaysShow: true }
    : { label: `$(error) ${reason}`, detail: text, alwaysShow: true };
}

function refusal(question: Question, text: string): string | undefined {
  return refusalOf(question.tool, question.field, valueOf(question.field, text));
}

function groupTitle(field: Field, source: Suggestion['source']): string {
  switch (source) {
    case 'selection':
      return l10n.t('in the editor');
    case 'clipboard':
      return l10n.t('in the clipboard');
    case 'recent':
      return l10n.t('recent');
    case 'example':
      return field.kind === 'text' || field.kind === 'number' ? l10n.t('examples') : l10n.t('choices');
  }
}
