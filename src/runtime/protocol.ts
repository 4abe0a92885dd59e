import type { HostSettings } from '../machine/hostSettings';
import type { HostPolicy, Inventory, OpenHost } from '../machine/machines';
import type { Question } from '../machine/person';
import type { Action, Report, Status } from '../report/model';
import type { ExportFormat, PageMessage, PageState, RunRequest } from '../report/protocol';
import type { CheckedInput } from '../tool/fields';
import type { Change, Plan } from '../tool/tool';
import type { Field } from '../tool/values';
import type { FileVerb } from './files/calls';
import type { WireError } from './wireError';

/*
 * Between the editor's thread, which must never stall, and the thread in which tools run, reports are made and printed.
 * Results and reports stay where they are made; what crosses is bytes for the page and what was asked for.
 */

/** What a run has to hand over with each result. */
export interface Wants {
  /** The report as JSON in UTF-8, for a page. */
  readonly report: boolean;
  /** The result itself, for trees and the status bar; its summary where it may be large. */
  readonly result: boolean;
}

/** One question and its answer. */
export interface Calls {
  fields: { readonly args: { readonly tool: string }; readonly answer: readonly Field[] };
  /** Why each of these texts cannot be the value of that field; null where it can. */
  refusals: {
    readonly args: { readonly tool: string; readonly field: Field; readonly texts: readonly string[] };
    readonly answer: readonly (string | null)[];
  };
  check: { readonly args: { readonly tool: string; readonly input: unknown }; readonly answer: CheckedInput };
  plan: { readonly args: { readonly request: RunRequest }; readonly answer: Plan<unknown> };
  /** The hosts that files name. */
  inventory: { readonly args: Readonly<Record<string, never>>; readonly answer: Inventory };
  /** One request about files; `args` and the answer are those of FileCalls[verb]. */
  files: {
    readonly args: { readonly machine: string; readonly verb: FileVerb; readonly args: unknown };
    readonly answer: unknown;
  };
  /** How the user wants that machine to be treated. */
  disconnect: { readonly args: { readonly machine: string }; readonly answer: null };
  policy: { readonly args: { readonly machine: string }; readonly answer: HostPolicy };
  changes: { readonly args: { readonly run: number }; readonly answer: readonly Change[] };
  print: {
    readonly args: { readonly run: number; readonly format: ExportFormat; readonly locale: string };
    readonly answer: string;
  };
  /** Of a report that no run stands behind any more. */
  printReport: {
    readonly args: { readonly report: Report; readonly format: ExportFormat; readonly locale: string };
    readonly answer: string;
  };
  result: { readonly args: { readonly run: number }; readonly answer: unknown };
  /** Of a large result; see LargeResults. */
  part: { readonly args: { readonly run: number; readonly ask: unknown }; readonly answer: unknown };
  /** What the run `from` has found goes into what `run` has, which is told anew. */
  merge: {
    readonly args: { readonly run: number; readonly from: number; readonly ask: unknown };
    readonly answer: null;
  };
  action: { readonly args: { readonly run: number; readonly index: number }; readonly answer: Action | null };
  rowAction: {
    readonly args: { readonly run: number; readonly table: string; readonly row: string; readonly action: number };
    readonly answer: ToolCall | null;
  };
  /** The input that shows another moment of the report. */
  moment: { readonly args: { readonly run: number; readonly index: number }; readonly answer: number | null };
  /** null: not understood; `reason` is for the log. */
  pageMessage: { readonly args: { readonly raw: unknown }; readonly answer: Judged<PageMessage> };
  pageState: { readonly args: { readonly raw: unknown }; readonly answer: Judged<PageState> };
}

export interface ToolCall {
  readonly tool: string;
  readonly input: unknown;
  /** undefined: on the machine of the report. */
  readonly machine?: string;
  /** The user says on which one. */
  readonly asksMachine?: boolean;
}

export type Judged<T> =
  { readonly kind: 'accepted'; readonly value: T } | { readonly kind: 'refused'; readonly reason: string };

export type CallName = keyof Calls;

/** To the thread of the tools. */
export type ToServer =
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly args: unknown }
  | { readonly kind: 'cancelCall'; readonly id: number }
  | {
      readonly kind: 'begin';
      readonly run: number;
      readonly request: RunRequest;
      readonly live: boolean;
      /** The user has seen the plan and said yes; without it a tool that changes something does not run. */
      readonly confirmed: boolean;
      readonly wants: Wants;
    }
  | { readonly kind: 'wants'; readonly run: number; readonly wants: Wants }
  /** The next result of a live tool. */
  | { readonly kind: 'next'; readonly run: number }
  | { readonly kind: 'cancel'; readonly run: number }
  /** Nobody looks at the run any more. */
  | { readonly kind: 'forget'; readonly run: number }
  | { readonly kind: 'settings'; readonly settings: HostSettings }
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly value: unknown;
      readonly error: WireError | undefined;
    };

/** What the thread of the tools wants of the editor's; each is answered by a reply. */
export type ClientRequest =
  | { readonly kind: 'getSecret' | 'deleteSecret'; readonly key: string }
  | { readonly kind: 'storeSecret'; readonly key: string; readonly value: string }
  /** Somebody has to answer; null when they leave. */
  | { readonly kind: 'ask'; readonly question: Question };

export interface Head {
  readonly title: string;
  readonly verdict: string;
  readonly status: Status;
}

export interface ResultMessage {
  readonly kind: 'result';
  readonly run: number;
  readonly takenAtMs: number;
  readonly head: Head;
  readonly report: Uint8Array | null;
  readonly result: unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** To the editor's thread. */
export type ToClient =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly error: WireError }
  | ResultMessage
  | { readonly kind: 'progress'; readonly run: number; readonly message: string }
  | { readonly kind: 'ended'; readonly run: number; readonly error: WireError | undefined }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly error: WireError | undefined }
  | { readonly kind: 'request'; readonly id: number; readonly request: ClientRequest }
  /** Nobody waits for the reply any more. */
  | { readonly kind: 'requestCancelled'; readonly id: number }
  /** The hosts to which there is a connection now; they would be lost with the thread. */
  | { readonly kind: 'connected'; readonly hosts: readonly OpenHost[] };

/** Given to the thread when it starts. */
export interface ToolThreadData {
  /** Translations in the form of @vscode/l10n; undefined for English. */
  readonly texts:
    Readonly<Record<string, string | { readonly message: string; readonly comment: string[] }>> | undefined;
  /** Where recordings are kept. */
  readonly recordingsFolder: string;
  /** null: they come as soon as they are known. */
  readonly settings: HostSettings | null;
}
