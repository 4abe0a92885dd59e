import * as readline from 'node:readline/promises';
import { Writable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import type { HostKeyAnswer, HostKeyQuestion, Person, Question, SecretAnswer, SecretQuestion } from '../machine/person';

/** The person at the terminal: standard input is one, questions go to standard error. */
export function createPerson(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Person {
  const terminal = { input, output };
  return {
    ask: <Q extends Question>(question: Q, signal: AbortSignal) =>
      (question.kind === 'secret'
        ? askSecret(terminal, question, signal)
        : askHostKey(terminal, question, signal)) as never,
  };
}

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

async function askSecret(
  terminal: Terminal,
  question: SecretQuestion,
  signal: AbortSignal,
): Promise<SecretAnswer | null> {
  const { title, instruction, refusal } = question;
  for (const line of [refusal, title, instruction]) if (line !== '') terminal.output.write(`${visible(line)}\n`);
  const texts: string[] = [];
  for (const { text, echo } of question.prompts) {
    const answer = await readLine(terminal, `${visible(text)} `, echo, signal);
    if (answer === null) return null;
    texts.push(answer);
  }
  return { texts, keep: false };
}

async function askHostKey(
  terminal: Terminal,
  question: HostKeyQuestion,
  signal: AbortSignal,
): Promise<HostKeyAnswer | null> {
  const { host, keyType, fingerprint, changed } = question;
  const { output } = terminal;
  output.write(`${l10n.t('{0} key: {1}', keyType, fingerprint)}\n${question.art}\n`);
  if (question.remark !== '') output.write(`${question.remark}\n`);
  if (changed !== null) {
    output.write(`${l10n.t('{0} shows another key than it did.', host)}\n`);
    return null;
  }
  const text = l10n.t('{0} is not known yet. Is this its key? [yes/once/no] ', visible(host));
  const answer = ((await readLine(terminal, text, true, signal)) ?? '').trim().toLowerCase();
  return answer === 'yes' || answer === '是' ? 'trust' : answer === 'once' ? 'once' : null;
}

/** One line; null at the end of the input. Without echo nothing of it is written. */
async function readLine(
  { input, output }: Terminal,
  prompt: string,
  echo: boolean,
  signal: AbortSignal,
): Promise<string | null> {
  let muted = false;
  const sink = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (!muted) output.write(chunk);
      done();
    },
  });
  const reader = readline.createInterface({ input, output: sink, terminal: true });
  const closed = new Promise<null>((resolve) => reader.once('close', () => resolve(null)));
  try {
    const answer = reader.question(prompt, { signal });
    muted = !echo;
    return await Promise.race([answer, closed]);
  } finally {
    if (!echo) output.write('\n');
    reader.close();
  }
}

/** What a server says must not steer the terminal. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- exactly these are taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
