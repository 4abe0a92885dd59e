import { createLocalMachine } from '../../../../../src/machine/local';
import { runInput, type RunInput } from '../../../../../src/features/ssh/core/run/inputs';
import type { RunResult } from '../../../../../src/features/ssh/core/run/schema';
import { runTool } from '../../../../../src/features/ssh/runTools';
import type { Machine } from '../../../../../src/machine/machine';
import type { Person, SecretAnswer, SecretQuestion } from '../../../../../src/machine/person';
import type { RunContext, Secrets } from '../../../../../src/tool/tool';
import { runContextOf } from '../../../../support/runContext';

export type AnyInput = Partial<RunInput>;

export function inputOf(input: AnyInput): RunInput {
  return runInput.parse(input);
}

/** Runs it to its end; the last result. */
export async function runToEnd(machine: Machine, input: AnyInput, more: Partial<RunContext> = {}): Promise<RunResult> {
  let last: RunResult | undefined;
  for await (const result of runTool.run(inputOf(input), runContextOf(machine, more))) last = result;
  if (last === undefined) throw new Error('there was no result');
  return last;
}

export async function withLocal<T>(work: (machine: Machine) => Promise<T>): Promise<T> {
  const machine = createLocalMachine();
  try {
    return await work(machine);
  } finally {
    await machine.dispose();
  }
}

/** Answers with these in turn, and keeps what was asked. */
export class FakePerson implements Person {
  readonly asked: SecretQuestion[] = [];

  constructor(
    private readonly answers: readonly string[],
    private readonly keep = false,
  ) {}

  ask(question: unknown): Promise<never> {
    this.asked.push(question as SecretQuestion);
    const text = this.answers[this.asked.length - 1];
    const answer: SecretAnswer | null = text === undefined ? null : { texts: [text], keep: this.keep };
    return Promise.resolve(answer as never);
  }
}

export class FakeSecrets implements Secrets {
  readonly kept = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.kept.delete(key);
    return Promise.resolve();
  }
}
