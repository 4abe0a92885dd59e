import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../lib/errors';
import type { Machine } from '../machine/machine';
import type { Report } from '../report/model';
import type { ExportFormat } from '../report/protocol';
import { checkInput, fieldsOf, refusalOf } from '../tool/fields';
import { findTool, type ToolEntry } from '../tool/registry';
import type { Recordings } from '../tool/recordings';
import { isChangeTool, type AnyChangeTool, type Log, type Secrets } from '../tool/tool';
import { valueOf } from '../tool/values';
import type { CallName, Calls, Judged, ToClient, ToServer, ToolCall } from './protocol';
import { ServerRun, type Prepared } from './serverRun';
import { fromWire, toWire } from './wireError';

export interface ServerParts {
  readonly tools: readonly ToolEntry[];
  readonly recordings: Recordings;
  /** Throws ExpectedError('not-found'). */
  machine(name: string): Promise<Machine>;
  post(message: ToClient, transfer?: readonly ArrayBuffer[]): void;
}

type Handlers = {
  readonly [Name in CallName]: (
    args: Calls[Name]['args'],
    signal: AbortSignal,
  ) => Calls[Name]['answer'] | Promise<Calls[Name]['answer']>;
};

/** Where tools run when VS Code asks for them: in a thread of its own, so that nothing of theirs stalls the editor. */
export class ToolServer {
  private readonly runs = new Map<number, ServerRun>();
  private readonly calls = new Map<number, AbortController>();
  private readonly secretsAsked = new Map<number, (message: ToServer & { kind: 'secret' }) => void>();
  private lastSecret = 0;

  constructor(private readonly parts: ServerParts) {}

  /** Takes a message of the client. Never throws. */
  take(message: ToServer): void {
    switch (message.kind) {
      case 'call':
        void this.answer(message.id, message.name, message.args);
        return;
      case 'cancelCall':
        this.calls.get(message.id)?.abort();
        return;
      case 'begin':
        this.begin(message);
        return;
      case 'wants':
        this.runs.get(message.run)?.want(message.wants);
        return;
      case 'next':
        this.runs.get(message.run)?.next();
        return;
      case 'cancel':
        this.runs.get(message.run)?.cancel();
        return;
      case 'forget':
        this.runs.get(message.run)?.cancel();
        this.runs.delete(message.run);
        return;
      case 'secret':
        this.secretsAsked.get(message.id)?.(message);
        return;
    }
  }

  private async answer(id: number, name: CallName, args: unknown): Promise<void> {
    const controller = new AbortController();
    this.calls.set(id, controller);
    try {
      // The client's types see to it that name and arguments fit.
      const handler = this.handlers[name] as (args: unknown, signal: AbortSignal) => unknown;
      this.parts.post({ kind: 'answer', id, value: await handler(args, controller.signal) });
    } catch (error) {
      this.parts.post({ kind: 'refused', id, error: toWire(error) });
    } finally {
      this.calls.delete(id);
    }
  }

  private begin({ run: id, request, live, confirmed, wants }: ToServer & { kind: 'begin' }): void {
    const prepare = async (): Promise<Prepared> => {
      const tool = await this.tool(request.tool);
      if (isChangeTool(tool) && !confirmed) throw new Error(`${request.tool} changes something and was not confirmed.`);
      return { tool, context: await this.context(request.machine) };
    };
    const run = new ServerRun({ id, input: request.input, live, prepare, post: this.parts.post }, wants);
    this.runs.set(id, run);
    void run.begin();
  }

  private async context(machineName: string): Promise<Prepared['context']> {
    const machine = await this.parts.machine(machineName);
    return { machine, log: this.log, secrets: this.secrets, recordings: this.parts.recordings };
  }

  private readonly handlers: Handlers = {
    fields: async ({ tool }) => fieldsOf(await this.tool(tool)),
    refusals: async ({ tool, field, texts }) => {
      const loaded = await this.tool(tool);
      return texts.map((text) => refusalOf(loaded, field, valueOf(field, text)) ?? null);
    },
    check: async ({ tool, input }) => checkInput(await this.tool(tool), input),
    plan: async ({ request }, signal) => {
      const tool = await this.changeTool(request.tool);
      const checked = checkInput(tool, request.input);
      if (checked.kind === 'refused') throw new ExpectedError('invalid-input', checked.reason);
      const context = await this.context(request.machine);
      return tool.plan(checked.input, { ...context, signal, live: false, progress: () => undefined });
    },
    changes: ({ run }) => {
      const { tool, result } = this.run(run);
      return result === undefined || tool === undefined || !isChangeTool(tool) ? [] : tool.changes(result);
    },
    print: async ({ run: id, format, locale }) => {
      const run = this.run(id);
      if (run.report === undefined) throw notReady();
      if (format === 'json') return (await import('../report/json')).printResultJson(run.result);
      return print(run.report, format, locale);
    },
    printReport: ({ report, format, locale }) => print(report, format, locale),
    result: ({ run }) => this.run(run).result,
    action: ({ run, index }) => this.run(run).report?.actions?.[index] ?? null,
    rowAction: ({ run, table, row, action }) => rowCall(this.run(run).report, table, row, action),
    moment: ({ run, index }) => this.run(run).report?.moments?.times[index] ?? null,
    pageMessage: async ({ raw }) => judged((await import('../report/schema')).pageMessageSchema.safeParse(raw)),
    pageState: async ({ raw }) => judged((await import('../report/schema')).pageStateSchema.safeParse(raw)),
  };

  private tool(id: string): ReturnType<ToolEntry['load']> {
    return findTool(this.parts.tools, id).load();
  }

  private async changeTool(id: string): Promise<AnyChangeTool> {
    const tool = await this.tool(id);
    if (!isChangeTool(tool)) throw new Error(`${id} changes nothing and has no plan.`);
    return tool;
  }

  private run(id: number): ServerRun {
    const run = this.runs.get(id);
    if (run === undefined) throw notReady();
    return run;
  }

  private readonly log: Log = {
    debug: (message) => this.parts.post({ kind: 'log', level: 'debug', message, error: undefined }),
    info: (message) => this.parts.post({ kind: 'log', level: 'info', message, error: undefined }),
    warn: (message) => this.parts.post({ kind: 'log', level: 'warn', message, error: undefined }),
    error: (message, error) =>
      this.parts.post({
        kind: 'log',
        level: 'error',
        message,
        error: error === undefined ? undefined : toWire(error),
      }),
  };

  private readonly secrets: Secrets = {
    get: (key) => this.askSecret('get', key),
    store: async (key, value) => void (await this.askSecret('store', key, value)),
    delete: async (key) => void (await this.askSecret('delete', key)),
  };

  private askSecret(operation: 'get' | 'store' | 'delete', key: string, value?: string): Promise<string | undefined> {
    const id = ++this.lastSecret;
    return new Promise((resolve, reject) => {
      this.secretsAsked.set(id, (message) => {
        this.secretsAsked.delete(id);
        if (message.error === undefined) resolve(message.value);
        else reject(fromWire(message.error));
      });
      this.parts.post({ kind: 'secret', id, operation, key, value });
    });
  }
}

function notReady(): ExpectedError {
  return new ExpectedError('not-ready', l10n.t('There is no result yet; wait for it, or run the tool again.'));
}

async function print(report: Report, format: ExportFormat, locale: string): Promise<string> {
  return (await import('../report/print')).printReport(report, format, { locale });
}

function judged<T>(outcome: { success: true; data: T } | { success: false; error: Error }): Judged<T> {
  return outcome.success
    ? { kind: 'accepted', value: outcome.data }
    : { kind: 'refused', reason: outcome.error.message };
}

/** What the menu of that row says; null when the row or the action is not there any more. */
function rowCall(report: Report | undefined, tableId: string, rowKey: string, index: number): ToolCall | null {
  for (const table of tablesOf(report?.blocks ?? [])) {
    if (table.id !== tableId) continue;
    const row = table.rowKeys?.indexOf(rowKey) ?? -1;
    const input = table.menu?.inputs[row];
    const action = table.menu?.actions[index];
    if (input === undefined || input === null || action === undefined) return null;
    return { tool: action.tool, input: { ...input, ...action.input } };
  }
  return null;
}

function tablesOf(blocks: Report['blocks']): readonly (Report['blocks'][number] & { readonly kind: 'table' })[] {
  return blocks.flatMap((block) =>
    block.kind === 'table' ? [block] : block.kind === 'section' ? tablesOf(block.blocks) : [],
  );
}
