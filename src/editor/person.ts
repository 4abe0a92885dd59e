import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { HostKeyAnswer, HostKeyQuestion, Person, Question, SecretAnswer, SecretQuestion } from '../machine/person';

/** So long the same changed key is not told again. */
const TOLD_MS = 10_000;

/** The person in front of VS Code: secrets in an input box, a host's key in a dialog. One question at a time. */
export function createPerson(): Person {
  let last: Promise<unknown> = Promise.resolve();
  const changedKeys = new Map<string, number>();
  return {
    ask: <Q extends Question>(question: Q, signal: AbortSignal) => {
      const answer = last.then(() => (isToldAlready(question, changedKeys) ? null : put(question, signal)));
      last = answer.catch(() => undefined);
      return answer as never;
    },
  };
}

/** Several panels of one host would each tell of the same changed key. There is nothing to decide. */
function isToldAlready(question: Question, toldAtMs: Map<string, number>): boolean {
  if (question.kind !== 'hostKey' || question.changed === null) return false;
  const what = `${question.host} ${question.fingerprint} ${question.changed.fingerprint}`;
  const isTold = Date.now() - (toldAtMs.get(what) ?? -Infinity) < TOLD_MS;
  toldAtMs.set(what, Date.now());
  return isTold;
}

function put(question: Question, signal: AbortSignal): Promise<SecretAnswer | HostKeyAnswer | null> {
  if (signal.aborted) return Promise.resolve(null);
  return question.kind === 'secret' ? askSecret(question, signal) : askHostKey(question);
}

async function askSecret(question: SecretQuestion, signal: AbortSignal): Promise<SecretAnswer | null> {
  const texts: string[] = [];
  let keep = false;
  for (const [index, prompt] of question.prompts.entries()) {
    const answer = await askOne({ question, prompt, step: index + 1, keep }, signal);
    if (answer === null) return null;
    texts.push(answer.text);
    keep = answer.keep;
  }
  return { texts, keep };
}

interface Asked {
  readonly question: SecretQuestion;
  readonly prompt: SecretQuestion['prompts'][number];
  /** From 1. */
  readonly step: number;
  readonly keep: boolean;
}

interface Answered {
  readonly text: string;
  readonly keep: boolean;
}

function askOne({ question, prompt, step, keep }: Asked, signal: AbortSignal): Promise<Answered | null> {
  const box = vscode.window.createInputBox();
  box.title = question.title;
  box.prompt = [question.instruction, prompt.text].filter((text) => text !== '').join(' — ');
  box.password = !prompt.echo;
  box.ignoreFocusOut = true;
  if (question.prompts.length > 1) {
    box.step = step;
    box.totalSteps = question.prompts.length;
  }
  if (question.refusal !== '' && step === 1) box.validationMessage = question.refusal;
  const toggle = offerKeeping(box, question.canKeep, keep);
  box.onDidChangeValue(() => (box.validationMessage = undefined));
  return new Promise((resolve) => {
    const leave = (): void => box.hide();
    signal.addEventListener('abort', leave, { once: true });
    box.onDidAccept(() => {
      resolve({ text: box.value, keep: toggle() });
      box.hide();
    });
    box.onDidHide(() => {
      signal.removeEventListener('abort', leave);
      resolve(null);
      box.dispose();
    });
    box.show();
  });
}

/** A button that says whether the answer is kept; returns how it stands. */
function offerKeeping(box: vscode.InputBox, canKeep: boolean, before: boolean): () => boolean {
  let keep = before;
  const show = (): void => {
    box.buttons = [
      keep
        ? {
            iconPath: new vscode.ThemeIcon('save-all'),
            tooltip: l10n.t('It is kept in the secret storage; press not to'),
          }
        : { iconPath: new vscode.ThemeIcon('save'), tooltip: l10n.t('Keep it in the secret storage') },
    ];
    box.placeholder = keep
      ? l10n.t('It will be kept in the secret storage')
      : l10n.t('It is not kept; the button above keeps it');
  };
  if (canKeep) {
    show();
    box.onDidTriggerButton(() => {
      keep = !keep;
      show();
    });
  }
  return () => keep;
}

async function askHostKey(question: HostKeyQuestion): Promise<HostKeyAnswer | null> {
  const { changed } = question;
  const detail = [
    l10n.t('{0} key: {1}', question.keyType, question.fingerprint),
    ...(changed === null
      ? []
      : [
          l10n.t(
            'Known until now ({0}, line {1}): {2} {3}',
            changed.file,
            changed.line,
            changed.keyType,
            changed.fingerprint,
          ),
          l10n.t('Somebody may be listening in between, or the host was set up anew. Nothing was sent to it.'),
          l10n.t(
            'If you know that it was set up anew, remove that line (“Show Known Hosts” does it, with a backup) and connect again.',
          ),
        ]),
    ...(question.remark === '' ? [] : [question.remark]),
    '',
    fullWidth(question.art),
  ].join('\n');
  if (changed !== null) {
    const message = l10n.t('{0} shows another key than it did.', question.host);
    const cancel = { title: l10n.t('Cancel'), isCloseAffordance: true };
    await vscode.window.showErrorMessage(message, { modal: true, detail }, cancel);
    return null;
  }
  const trust = l10n.t('Trust');
  const once = l10n.t('Trust Once');
  const message = l10n.t('{0} is not known yet. Is this its key?', question.host);
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, once, trust);
  return choice === trust ? 'trust' : choice === once ? 'once' : null;
}

/**
 * Dialogs have no fixed pitch; the full-width forms of the characters (U+FF01 to U+FF5E) have one everywhere, so that
 * the picture stays a picture. Fonts draw their dots and spaces closer where they meet: U+200C keeps them apart.
 */
function fullWidth(art: string): string {
  return art.replace(/[ -~]/g, (character) => {
    const wide = character === ' ' ? '\u3000' : String.fromCharCode(character.charCodeAt(0) + 0xfee0);
    return `${wide}\u200c`;
  });
}
