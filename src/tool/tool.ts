import type { ZodType } from 'zod';
import type { Machine } from '../machine/machine';
import type { Report } from '../report/model';

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
}

export interface RunContext {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly progress: Progress;
  readonly log: Log;
  readonly secrets: Secrets;
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
