import type { ZodType } from 'zod';
import type { Machine } from '../machine/machine';
import type { Machines } from '../machine/machines';
import type { Person } from '../machine/person';
import type { Report } from '../report/model';
import type { Recordings } from './recordings';

/**
 * A capability, written once: palette, panel, command line and whatever comes later all call it through this.
 * Its id, title, effect and pace stand in the feature's manifest, where they can be read without loading it.
 */
export interface Tool<Input, Result> {
  /** Prompts, command-line flags and the documentation are made from it. A plain z.object of plain fields. */
  readonly input: ZodType<Input>;
  /** What `--format json` prints: stable, documented by its descriptions, plain JSON. */
  readonly result: ZodType<Result>;
  /**
   * Yields whole results, never differences; the last one is the result. A live tool (see its manifest) goes on
   * yielding while `context.live` is set, one result whenever the consumer asks for the next: the consumer keeps
   * the pace. With `context.live` unset it yields a complete result and ends.
   */
  run(input: Input, context: RunContext): AsyncIterable<Result>;
  /** Pure. */
  report(result: Result): Report;
  /** Long work that waits for nothing, for `RunContext.compute`. Pure: task and answer are plain data. */
  compute?(task: unknown): unknown;
  /** What `--format text` prints: a text for other programs, such as a patch; null where none was asked for. Pure. */
  bareText?(result: Result): string | null;
  /** Of a tool whose results are too large to cross to the editor whole. */
  readonly large?: LargeResults<Result>;
}

/** What crosses in the place of a large result. All of it pure. */
export interface LargeResults<Result> {
  /** What a tree is told with every result. */
  summary(result: Result): unknown;
  /** What it asks for when a branch is opened. */
  part(result: Result, ask: unknown): unknown;
  /** The result of another run, that looked again at a part of it, takes the place of what was known of that part. */
  merge(result: Result, part: Result, ask: unknown): Result;
}

/**
 * A tool that changes something (`effect: 'change'` in its manifest). A surface always goes ask → plan → confirm →
 * run with the plan's input → journal.
 */
export interface ChangeTool<Input, Result> extends Tool<Input, Result> {
  /** What would be done, found out without changing anything. Throws ExpectedError when it cannot or must not be. */
  plan(input: Input, context: RunContext): Promise<Plan<Input>>;
  /** On which machines it changes something, where that is not the one that it runs on. Pure. */
  changedMachines?(input: Input, machine: string): readonly string[];
  /** What was done, for the journal. Pure. */
  changes(result: Result): readonly Change[];
}

/** Shown before anything is changed. */
export interface Plan<Input> {
  /** One sentence with a question mark: what is done to what, on which machine. */
  readonly question: string;
  /** What the user has to know to answer: pid, name, user, start; one line each. */
  readonly details: readonly string[];
  /** The verb on the button: 'Terminate'. */
  readonly confirm: string;
  /** The input nailed down to what was shown, such as a pid with its start time. `run` refuses when that has changed. */
  readonly input: Input;
}

/** One change that was made. */
export interface Change {
  /** 'nginx (4711): nice 0 → 10'. */
  readonly what: string;
  /** The tool call that takes it back; null where nothing can. */
  readonly undo: { readonly tool: string; readonly input: unknown } | null;
}

export interface RunContext {
  readonly machine: Machine;
  /** Every other machine, by name. */
  readonly machines: Machines;
  /** null where nobody can be asked. */
  readonly person: Person | null;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly progress: Progress;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly recordings: Recordings;
  /**
   * Has the tool's `compute` done in a thread of its own, where it holds nothing up and can be cancelled. Throws what
   * that throws. Where it is missing, the tool does it by itself.
   */
  readonly compute?: (task: unknown) => Promise<unknown>;
}

/** Tells the user what is being done. */
export type Progress = (message: string) => void;

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** Kept by VS Code's SecretStorage; never in settings, logs or reports. */
export interface Secrets {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Any tool, for code that handles all of them alike. Input and result are checked by the tool's own schemas. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTool = Tool<any, any>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyChangeTool = ChangeTool<any, any>;

export function isChangeTool(tool: AnyTool): tool is AnyChangeTool {
  return 'plan' in tool;
}
