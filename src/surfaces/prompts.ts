import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Workbench } from '../editor/workbench';
import type { Field } from '../tool/values';
import { clipboardIsFree, clipboardText, RecentValues, textAtCursor, type Suggestion } from './suggestions';

export interface Question {
  readonly toolId: string;
  readonly title: string;
  readonly field: Field;
  /** Can be left open. */
  readonly optional: boolean;
  readonly step: number;
  readonly steps: number;
}

/** Why each of these texts cannot be the answer; null where it can. */
type Judge = (texts: readonly string[]) => Promise<readonly (string | null)[]>;

interface AnswerItem extends vscode.QuickPickItem {
  /** Missing in an item that only tells why the typed text cannot be. */
  readonly answer?: string;
}

/**
 * Asks for one input in a quick pick: what is typed is judged at every key by the tool's own schema, and fitting
 * values (selection, clipboard, recent ones, examples) stand below it. undefined when the user leaves.
 */
export async function ask(workbench: Workbench, question: Question): Promise<string | undefined> {
  const { toolId, field } = question;
  const recent = new RecentValues(workbench.context.globalState, toolId, field.name);
  const judge: Judge = (texts) => workbench.client.call('refusals', { tool: toolId, field, texts });
  const answer = await pick(question, await fittingSuggestions(workbench, field, recent, judge), judge);
  if (answer !== undefined && answer !== '') await recent.add(answer);
  return answer;
}

async function fittingSuggestions(
  workbench: Workbench,
  field: Field,
  recent: RecentValues,
  judge: Judge,
): Promise<readonly Suggestion[]> {
  if (field.kind === 'choice') return field.choices.map((value) => ({ value, source: 'example' }));
  if (field.kind === 'boolean') return ['true', 'false'].map((value) => ({ value, source: 'example' }));
  const all: readonly (Suggestion | undefined)[] = [
    suggestion(textAtCursor(), 'selection'),
    suggestion(clipboardIsFree() ? await clipboardText() : undefined, 'clipboard'),
    ...recent.list().map((value) => suggestion(value, 'recent')),
    ...(field.suggest === 'hosts' ? await hostNames(workbench) : []).map((value) => suggestion(value, 'host')),
    ...field.examples.map((value) => suggestion(value, 'example')),
  ];
  const first = new Map<string, Suggestion>();
  for (const candidate of all) {
    if (candidate !== undefined && !first.has(candidate.value)) first.set(candidate.value, candidate);
  }
  const candidates = [...first.values()];
  const refusals = await judge(candidates.map((candidate) => candidate.value));
  return candidates.filter((_, index) => refusals[index] === null);
}

/** A prompt is not kept from coming by files that cannot be read. */
async function hostNames(workbench: Workbench): Promise<readonly string[]> {
  const inventory = await workbench.inventory(new AbortController().signal).catch(() => undefined);
  return inventory?.hosts.map(({ name }) => name) ?? [];
}

function suggestion(value: string | undefined, source: Suggestion['source']): Suggestion | undefined {
  return value === undefined ? undefined : { value, source };
}

function pick(question: Question, suggestions: readonly Suggestion[], judge: Judge): Promise<string | undefined> {
  const box = vscode.window.createQuickPick<AnswerItem>();
  box.title = question.title;
  // A panel that comes up meanwhile must not swallow half an answer; Escape leaves.
  box.ignoreFocusOut = true;
  box.placeholder = question.field.description === '' ? question.field.title : question.field.description;
  if (question.steps > 1) {
    box.step = question.step;
    box.totalSteps = question.steps;
  }
  const fill = (): Promise<void> => fillFor(box, question, suggestions, judge);
  if (!clipboardIsFree()) offerPaste(box, fill);
  let filled = fill();
  return new Promise((resolve) => {
    box.onDidChangeValue(() => (filled = fill()));
    box.onDidAccept(async () => {
      // Enter may come before what was typed last has been judged.
      await filled;
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

async function fillFor(
  box: vscode.QuickPick<AnswerItem>,
  question: Question,
  suggestions: readonly Suggestion[],
  judge: Judge,
): Promise<void> {
  const typed = box.value;
  const text = typed.trim();
  const known = text === '' || suggestions.some((suggestion) => suggestion.value === text);
  const refusal = known ? null : ((await judge([text]))[0] ?? null);
  // Another key was pressed meanwhile: its own turn fills the box.
  if (box.value !== typed) return;
  box.items = itemsFor(question, suggestions, text, refusal);
  const first = box.items.find((item) => item.answer !== undefined);
  if (first !== undefined) box.activeItems = [first];
}

function offerPaste(box: vscode.QuickPick<AnswerItem>, fill: () => Promise<void>): void {
  box.buttons = [{ iconPath: new vscode.ThemeIcon('clippy'), tooltip: l10n.t('Take what is in the clipboard') }];
  box.onDidTriggerButton(async () => {
    const text = await clipboardText();
    if (text === undefined) return;
    box.value = text;
    await fill();
  });
}

/** The typed text first, with its refusal if it has one, then what fits it. */
export function itemsFor(
  { field, optional }: Pick<Question, 'field' | 'optional'>,
  suggestions: readonly Suggestion[],
  text: string,
  refusal: string | null,
): readonly AnswerItem[] {
  const items: AnswerItem[] = [];
  if (text === '' && optional) items.push({ label: `$(dash) ${l10n.t('Leave it open')}`, answer: '' });
  if (text !== '' && !suggestions.some((suggestion) => suggestion.value === text)) {
    items.push(typedItem(text, refusal));
  }
  let group: Suggestion['source'] | undefined;
  for (const suggestion of suggestions) {
    if (!suggestion.value.toLowerCase().includes(text.toLowerCase())) continue;
    if (suggestion.source !== group) {
      group = suggestion.source;
      items.push({ label: groupTitle(field, group), kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({ label: suggestion.value, answer: suggestion.value, alwaysShow: true });
  }
  return items;
}

function typedItem(text: string, refusal: string | null): AnswerItem {
  return refusal === null
    ? { label: `$(check) ${text}`, description: l10n.t('press Enter'), answer: text, alwaysShow: true }
    : { label: `$(error) ${refusal}`, detail: text, alwaysShow: true };
}

function groupTitle(field: Field, source: Suggestion['source']): string {
  switch (source) {
    case 'selection':
      return l10n.t('in the editor');
    case 'clipboard':
      return l10n.t('in the clipboard');
    case 'recent':
      return l10n.t('recent');
    case 'host':
      return l10n.t('hosts');
    case 'example':
      return field.kind === 'text' || field.kind === 'number' ? l10n.t('examples') : l10n.t('choices');
  }
}
