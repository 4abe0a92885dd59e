import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../lib/errors';
import { jsonBytes } from '../report/jsonBytes';
import type { Report } from '../report/model';
import { runTool } from '../tool/run';
import type { AnyTool, RunContext } from '../tool/tool';
import type { ResultMessage, ToClient, Wants } from './protocol';
import { toWire } from './wireError';

export interface RunParts {
  readonly id: number;
  readonly input: unknown;
  readonly live: boolean;
  /** Loads the tool and opens the machine. */
  prepare(signal: AbortSignal): Promise<Prepared>;
  post(message: ToClient, transfer?: readonly ArrayBuffer[]): void;
}

export interface Prepared {
  readonly tool: AnyTool;
  /** Everything of the tool's context but what the run itself decides. */
  readonly context: Omit<RunContext, 'signal' | 'live' | 'progress'>;
}

/** One run of a tool: keeps the latest result and the report that was made of it. */
export class ServerRun {
  private readonly controller = new AbortController();
  private latest: { readonly value: unknown; readonly takenAtMs: number } | undefined;
  private made: { readonly value: unknown; readonly report: Report } | undefined;
  /** How long the last report was. */
  private reportBytes = 0;
  private wake: (() => void) | undefined;
  private loaded: AnyTool | undefined;

  constructor(
    private readonly parts: RunParts,
    private wants: Wants,
  ) {}

  /** undefined until it is loaded. */
  get tool(): AnyTool | undefined {
    return this.loaded;
  }

  /** Never rejects: the end is told by a message. */
  async begin(): Promise<void> {
    const { id, input, live, post } = this.parts;
    const progress = (message: string): void => post({ kind: 'progress', run: id, message });
    const { signal } = this.controller;
    try {
      const { tool, context } = await this.parts.prepare(signal);
      this.loaded = tool;
      for await (const value of runTool(tool, input, { ...context, signal, live, progress })) {
        this.latest = { value, takenAtMs: Date.now() };
        this.tell();
        if (live) await this.untilAsked();
      }
      post({ kind: 'ended', run: id, error: undefined });
    } catch (error) {
      const wire = signal.aborted && !isCancelled(error) ? ({ kind: 'cancelled' } as const) : toWire(error);
      post({ kind: 'ended', run: id, error: wire });
    }
  }

  want(wants: Wants): void {
    const more = (wants.report && !this.wants.report) || (wants.result && !this.wants.result);
    this.wants = wants;
    if (more && this.latest !== undefined) this.tell();
  }

  next(): void {
    // Who asks for it meanwhile gets it made anew: a result, its report and those that come next are much at a time.
    this.made = undefined;
    this.wake?.();
  }

  cancel(): void {
    this.controller.abort();
    this.wake?.();
  }

  /** undefined before the first result. */
  get result(): unknown {
    return this.latest?.value;
  }

  /** Throws where the tool has no large results, or there is none yet. */
  part(ask: unknown): unknown {
    const { large, value } = this.largeResult();
    return large.part(value, ask);
  }

  /** What the other run has found goes into what this one has, which is told anew. */
  merge(other: ServerRun, ask: unknown): void {
    const { large, value } = this.largeResult();
    this.latest = { value: large.merge(value, other.largeResult().value, ask), takenAtMs: Date.now() };
    this.tell();
  }

  private largeResult(): { readonly large: NonNullable<AnyTool['large']>; readonly value: unknown } {
    if (this.latest === undefined) throw notReady();
    const large = this.loaded?.large;
    if (large === undefined) throw new Error('The results of this tool cross whole.');
    return { large, value: this.latest.value };
  }

  /** The report of the latest result; undefined before the first. */
  get report(): Report | undefined {
    if (this.latest === undefined || this.loaded === undefined) return undefined;
    if (this.made?.value !== this.latest.value) {
      this.made = { value: this.latest.value, report: this.loaded.report(this.latest.value) };
    }
    return this.made?.report;
  }

  private tell(): void {
    const { report, latest } = this;
    if (report === undefined || latest === undefined) return;
    const bytes = this.wants.report ? jsonBytes(report, this.reportBytes) : null;
    this.reportBytes = bytes?.length ?? 0;
    const message: ResultMessage = {
      kind: 'result',
      run: this.parts.id,
      takenAtMs: latest.takenAtMs,
      head: { title: report.title, verdict: report.verdict, status: report.status },
      report: bytes,
      result: this.wants.result ? (this.loaded?.large?.summary(latest.value) ?? latest.value) : undefined,
    };
    this.parts.post(message, bytes === null ? [] : [bytes.buffer]);
  }

  private untilAsked(): Promise<void> {
    if (this.controller.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }
}

export function notReady(): ExpectedError {
  return new ExpectedError('not-ready', l10n.t('There is no result yet; wait for it, or run the tool again.'));
}
