import { ExpectedError } from '../lib/errors';
import { DEFAULT_HOST_SETTINGS, type HostSettings } from '../machine/hostSettings';
import type { OpenHost, OwnedMachines } from '../machine/machines';
import type { Person } from '../machine/person';
import type { Report } from '../report/model';
import type { ExportFormat, RunRequest } from '../report/protocol';
import { checkInput, fieldsOf, refusalOf } from '../tool/fields';
import { policyOf, refuseChange, refuseReadOnly } from '../tool/policy';
import type { Recordings } from '../tool/recordings';
import { findTool, type ToolEntry } from '../tool/registry';
import { isChangeTool, type AnyChangeTool, type Log, type RunContext, type Secrets } from '../tool/tool';
import { valueOf } from '../tool/values';
import { ClientRequests } from './clientRequests';
import { computeApart, type ComputeThread } from './compute';
import type { CallName, Calls, Judged, ToClient, ToServer, ToolCall } from './protocol';
import type { FileVerb } from './files/calls';
import { notReady, ServerRun, type Prepared } from './serverRun';
import { toWire } from './wireError';

export interface ServerParts {
  readonly tools: readonly ToolEntry[];
  readonly recordings: Recordings;
  /** Where tools compute; in this thread where it is missing. */
  readonly computing?: ComputeThread;
  /** Called once. */
  machines(needs: MachineNeeds): OwnedMachines;
  post(message: ToClient, transfer?: readonly ArrayBuffer[]): void;
}

/** What making connections needs of the editor. */
export interface MachineNeeds {
  /** null: `configure` is called as soon as they are known. */
  readonly settings: HostSettings | null;
  readonly person: Person;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Told of every change of the hosts to which there is a connection. */
  onConnected(hosts: readonly OpenHost[]): void;
}

const LARGE_BYTES = 1_048_576;

const changing: readonly FileVerb[] = ['write', 'makeFolder', 'rename', 'remove'];

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
  private readonly requests: ClientRequests;
  private readonly machines: OwnedMachines;

  constructor(
    private readonly parts: ServerParts,
    settings: HostSettings | null = DEFAULT_HOST_SETTINGS,
  ) {
    this.requests = new ClientRequests(parts.post);
    const { person, secrets } = this.requests;
    const onConnected = (hosts: readonly OpenHost[]): void => parts.post({ kind: 'connected', hosts });
    this.machines = parts.machines({ settings, person, secrets, log: this.log, onConnected });
  }

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
      case 'settings':
        this.machines.configure(message.settings);
        return;
      case 'reply':
        this.requests.take(message);
        return;
    }
  }

  private async answer(id: number, name: CallName, args: unknown): Promise<void> {
    const controller = new AbortController();
    this.calls.set(id, controller);
    try {
      // The client's types see to it that name and arguments fit.
      const handler = this.handlers[name] as (args: unknown, signal: AbortSignal) => unknown;
      const value = await handler(args, controller.signal);
      this.parts.post({ kind: 'answer', id, value }, ownBytes(value));
    } catch (error) {
      this.parts.post({ kind: 'refused', id, error: toWire(error) });
    } finally {
      this.calls.delete(id);
    }
  }

  private begin({ run: id, request, live, confirmed, wants }: ToServer & { kind: 'begin' }): void {
    const prepare = async (signal: AbortSignal): Promise<Prepared> => {
      const tool = await this.tool(request.tool);
      if (isChangeTool(tool)) {
        if (!confirmed) throw new Error(`${request.tool} changes something and was not confirmed.`);
        await this.mayChange(tool, request, signal);
      }
      return {
        tool,
        context: { ...(await this.context(request.machine, signal)), ...this.computes(request.tool, signal) },
      };
    };
    const run = new ServerRun({ id, input: request.input, live, prepare, post: this.parts.post }, wants);
    this.runs.set(id, run);
    void run.begin();
  }

  private computes(tool: string, signal: AbortSignal): Pick<RunContext, 'compute'> {
    const { computing } = this.parts;
    return computing === undefined ? {} : { compute: (task) => computeApart(computing, tool, task, signal) };
  }

  private async context(machineName: string, signal: AbortSignal): Promise<Prepared['context']> {
    const { machines, log } = this;
    const machine = await machines.open(machineName, signal);
    return {
      machine,
      machines,
      log,
      person: this.requests.person,
      secrets: this.requests.secrets,
      recordings: this.parts.recordings,
    };
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
      const input = await this.mayChange(tool, request, signal);
      const context = await this.context(request.machine, signal);
      return tool.plan(input, { ...context, signal, live: false, progress: () => undefined });
    },
    inventory: (_args, signal) => this.machines.inventory(signal),
    files: (request, signal) => this.files(request, signal),
    disconnect: async ({ machine }) => {
      await this.machines.disconnect(machine);
      return null;
    },
    policy: ({ machine }, signal) => policyOf(this.machines, machine, signal),
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
    part: ({ run, ask }) => this.run(run).part(ask),
    merge: ({ run, from, ask }) => {
      this.run(run).merge(this.run(from), ask);
      return null;
    },
    action: ({ run, index }) => this.run(run).report?.actions?.[index] ?? null,
    rowAction: ({ run, table, row, action }) => rowCall(this.run(run).report, table, row, action),
    moment: ({ run, index }) => this.run(run).report?.moments?.times[index] ?? null,
    pageMessage: async ({ raw }) => judged((await import('../report/schema')).pageMessageSchema.safeParse(raw)),
    pageState: async ({ raw }) => judged((await import('../report/schema')).pageStateSchema.safeParse(raw)),
  };

  private async files({ machine: name, verb, args }: Calls['files']['args'], signal: AbortSignal): Promise<unknown> {
    if (changing.includes(verb)) await refuseReadOnly(this.machines, name, signal);
    const machine = await this.machines.open(name, signal);
    return (await import('./files/serve')).serveFiles({ machine, person: this.requests.person }, verb, args, signal);
  }

  /** The input as the tool takes it. Throws ExpectedError: 'invalid-input', 'read-only'. */
  private async mayChange(tool: AnyChangeTool, request: RunRequest, signal: AbortSignal): Promise<unknown> {
    const checked = checkInput(tool, request.input);
    if (checked.kind === 'refused') throw new ExpectedError('invalid-input', checked.reason);
    await refuseChange(this.machines, tool, checked.input, request.machine, signal);
    return checked.input;
  }

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
}

/** A large content changes hands and is not copied; a small one may share its memory with others. */
function ownBytes(value: unknown): readonly ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || value.byteLength < LARGE_BYTES) return [];
  const { buffer, byteLength } = value;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
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
    if (action.needs !== undefined && !(action.needs in input)) return null;
    const machine = table.menu?.machines?.[row];
    return {
      tool: action.tool,
      input: { ...input, ...action.input },
      ...(machine === undefined ? {} : { machine }),
      ...(action.asksMachine === true ? { asksMachine: true } : {}),
    };
  }
  return null;
}

function tablesOf(blocks: Report['blocks']): readonly (Report['blocks'][number] & { readonly kind: 'table' })[] {
  return blocks.flatMap((block) =>
    block.kind === 'table' ? [block] : block.kind === 'section' ? tablesOf(block.blocks) : [],
  );
}
