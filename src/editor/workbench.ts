import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { messageOf } from '../lib/errors';
import type { HostSettings } from '../machine/hostSettings';
import type { HostPolicy, Inventory, OpenHost } from '../machine/machines';
import type { RunRequest, ShowMessage, TablePreference, TablePreferences } from '../report/protocol';
import type { Wants } from '../runtime/protocol';
import type { FileCalls, FileVerb } from '../runtime/files/calls';
import { ToolClient } from '../runtime/toolClient';
import { startToolThread } from '../runtime/toolThread';
import { inLanguage, type FeatureManifest } from '../tool/manifest';
import { findTool, toolsOf, type ToolEntry } from '../tool/registry';
import type { Log } from '../tool/tool';
import type { Field } from '../tool/values';
import { ReportTexts } from './deliver';
import { Failures, logOf } from './failures';
import type { EditorHost, Feature, FeatureEntry } from './feature';
import { panelType } from './house';
import { readHostSettings, watchHostSettings } from './hostSettings';
import { Journal } from './journal';
import { createPerson } from './person';
import { pickMachine, type PickOptions } from './pickMachine';
import { ReportPanel, type PanelHost, type PanelStart } from './panel';
import { SavedRuns } from './savedRuns';
import { Session, type Holder, type Shown } from './session';

/** How much slower a live tool is sampled while the window is not focused. */
const unfocusedFactor = 5;

/** What lives while the extension does: the tools' thread, the sessions, the panels. Made at the first use of any tool. */
export class Workbench implements PanelHost, EditorHost {
  readonly log: Log;
  readonly tools: readonly ToolEntry[];
  readonly texts = new ReportTexts();
  readonly client: ToolClient;
  readonly journal: Journal;
  readonly saved: SavedRuns;
  /** Fires when the journal or what is saved has changed. */
  readonly onDidRemember: vscode.Event<void>;
  private readonly connectedChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeConnected = this.connectedChanged.event;
  private readonly hostsChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeHosts = this.hostsChanged.event;
  private readonly carried = new vscode.EventEmitter<RunRequest>();
  readonly onDidCarryOut = this.carried.event;
  private readonly failures: Failures;
  private readonly sessions = new Map<string, Session>();
  private readonly panels = new Set<ReportPanel>();
  private readonly features = new Map<string, Promise<Feature<FeatureManifest>>>();

  constructor(
    readonly context: vscode.ExtensionContext,
    channel: vscode.LogOutputChannel,
    features: readonly FeatureEntry[],
  ) {
    // Every text of the core and of the page is translated by the bundle that VS Code has loaded.
    if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
    this.log = logOf(channel);
    this.failures = new Failures(channel);
    this.tools = toolsOf(features);
    this.client = this.createClient();
    const remembered = new vscode.EventEmitter<void>();
    this.onDidRemember = remembered.event;
    this.journal = new Journal(context.globalState, () => remembered.fire());
    this.saved = new SavedRuns(context.globalState, () => remembered.fire());
    context.subscriptions.push(this.texts.register(), remembered, { dispose: () => this.client.dispose() });
  }

  attempt(what: string, action: () => Promise<void>): Promise<void> {
    return this.failures.attempt(what, action);
  }

  /** The adapter of a feature, made once. */
  feature(entry: FeatureEntry): Promise<Feature<FeatureManifest>> {
    const name = entry.manifest.name;
    const made = this.features.get(name) ?? entry.loadFeature().then((create) => create(this));
    this.features.set(name, made);
    return made;
  }

  /** Opens the report of a tool with a whole input, or the panel that already shows it live. */
  async openTool(request: RunRequest): Promise<void> {
    const open = [...this.panels].find((panel) => panel.shows(request));
    if (open !== undefined) return open.showAgain();
    this.openPanel(request, { kind: 'run' });
  }

  /** Shows what a session has found or still finds. */
  openSession(session: Session): void {
    this.openPanel(session.parts.request, { kind: 'session', session });
  }

  /** Takes over a panel that VS Code has restored after a reload; runs nothing. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const judged = await this.client.call('pageState', { raw: state });
    if (judged.kind === 'refused') {
      this.log.warn(`A panel could not be restored from its snapshot: ${judged.reason}`);
      panel.dispose();
      return;
    }
    const shown: ShowMessage = judged.value.shown;
    this.adopt(panel, shown.request, { kind: 'snapshot', shown });
  }

  async callTool({ tool, ...argument }: Omit<RunRequest, 'machine'> & { machine?: string }): Promise<void> {
    await vscode.commands.executeCommand(`opsdeck.${tool}`, argument);
  }

  holdLive(request: RunRequest, onChange: (shown: Shown) => void, visible: boolean): Holder {
    return this.sessionOf(request).hold(onChange, { visible, wants: { report: false, result: true } });
  }

  carryOut(request: RunRequest, signal: AbortSignal, onChange: (shown: Shown) => void): Promise<Shown> {
    return untilDone(this.freshSession(request, { confirmed: true }), signal, onChange);
  }

  carriedOut(request: RunRequest): void {
    this.carried.fire(request);
  }

  async resultOf(request: RunRequest, signal: AbortSignal): Promise<unknown> {
    return (await untilDone(this.freshSession(request, { live: false }), signal)).result;
  }

  async amend(session: Session, request: RunRequest, ask: unknown, signal: AbortSignal): Promise<void> {
    const part = this.freshSession(request, { live: false });
    const holder = part.hold(() => undefined, { visible: true, wants: { report: false, result: false } });
    try {
      await untilDone(part, signal);
      await session.merge(part, ask);
    } finally {
      holder.dispose();
    }
  }

  fields(tool: string): Promise<readonly Field[]> {
    return this.client.call('fields', { tool });
  }

  async refusal(tool: string, field: Field, text: string): Promise<string | null> {
    return (await this.client.call('refusals', { tool, field, texts: [text] }))[0] ?? null;
  }

  sessionOf(request: RunRequest): Session {
    const key = JSON.stringify(request);
    const present = this.sessions.get(key);
    if (present !== undefined) return present;
    const session = this.freshSession(request, {}, () => {
      if (this.sessions.get(key) === session) this.sessions.delete(key);
    });
    this.sessions.set(key, session);
    return session;
  }

  /**
   * A session that nobody shares. `confirmed`: the user has seen the plan of a change and said yes. Without `live` a
   * live tool is run once, to its end.
   */
  freshSession(
    request: RunRequest,
    options: { readonly confirmed?: boolean; readonly live?: false },
    onEmpty: () => void = () => undefined,
  ): Session {
    const entry = findTool(this.tools, request.tool);
    const { confirmed = false, live = entry.manifest.live } = options;
    return new Session(
      {
        request,
        live,
        begin: (wants: Wants, events) =>
          this.client.begin(withSettings(request, entry), { live, confirmed, wants }, events),
        intervalMs: () => intervalMs(entry),
        onBug: (error) => this.failures.show(this.titleOf(request.tool), error),
      },
      onEmpty,
    );
  }

  changes(toolId: string): boolean {
    return this.tools.find((tool) => tool.id === toolId)?.manifest.effect === 'change';
  }

  preferencesOf(toolId: string): TablePreferences {
    return this.context.globalState.get<TablePreferences>(preferenceKey(toolId), {});
  }

  async prefer(toolId: string, table: string, preference: TablePreference): Promise<void> {
    const known = this.preferencesOf(toolId);
    await this.context.globalState.update(preferenceKey(toolId), { ...known, [table]: preference });
  }

  titleOf(toolId: string): string {
    const title = this.tools.find((tool) => tool.id === toolId)?.manifest.title;
    return title === undefined ? toolId : inLanguage(title, vscode.env.language);
  }

  /** The request of the panel that has the focus. */
  activeRequest(): RunRequest | undefined {
    return [...this.panels].find((panel) => panel.panel.active)?.request;
  }

  private createClient(): ToolClient {
    const { context, log } = this;
    const file = path.join(__dirname, 'toolWorker.js');
    const recordingsFolder = path.join(context.globalStorageUri.fsPath, 'recordings');
    let settings: HostSettings | null = null;
    const client = new ToolClient({
      connect: (events) => startToolThread(file, { texts: vscode.l10n.bundle, recordingsFolder, settings }, events),
      log,
      person: createPerson(),
      onConnected: () => this.connectedChanged.fire(),
      secrets: {
        get: async (key) => context.secrets.get(key),
        store: async (key, value) => context.secrets.store(key, value),
        delete: async (key) => context.secrets.delete(key),
      },
    });
    const configure = (next: HostSettings): void => {
      client.configure((settings = next));
      this.hostsChanged.fire();
    };
    void readHostSettings().then(configure);
    context.subscriptions.push(watchHostSettings(configure));
    return client;
  }

  inventory(signal: AbortSignal): Promise<Inventory> {
    return this.client.call('inventory', {}, signal);
  }

  async files<Verb extends FileVerb>(
    machine: string,
    verb: Verb,
    args: FileCalls[Verb]['args'],
    signal?: AbortSignal,
  ): Promise<FileCalls[Verb]['answer']> {
    return (await this.client.call('files', { machine, verb, args }, signal)) as FileCalls[Verb]['answer'];
  }

  connected(): readonly OpenHost[] {
    return this.client.connected;
  }

  async disconnect(machine: string): Promise<void> {
    await this.client.call('disconnect', { machine });
  }

  policyOf(machine: string): Promise<HostPolicy> {
    return this.client.call('policy', { machine });
  }

  pickMachine(title: string, options?: PickOptions): Promise<string | undefined> {
    const onProblem = (error: unknown): void => this.log.warn(`The hosts could not be listed: ${messageOf(error)}`);
    const { globalState: memory } = this.context;
    const host = { memory, inventory: (signal: AbortSignal) => this.inventory(signal), onProblem };
    return pickMachine(host, title, options);
  }

  private openPanel(request: RunRequest, start: PanelStart): void {
    const panel = vscode.window.createWebviewPanel(panelType, this.titleOf(request.tool), vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.adopt(panel, request, start);
  }

  private adopt(panel: vscode.WebviewPanel, request: RunRequest, start: PanelStart): void {
    const report = new ReportPanel(panel, request, this, (ended) => this.panels.delete(ended));
    this.panels.add(report);
    report.begin(start);
  }
}

function preferenceKey(toolId: string): string {
  return `preferences:${toolId}`;
}

/** The end of a session that nobody else looks at. Throws what ended it before. */
function untilDone(
  session: Session,
  signal: AbortSignal,
  onChange: (shown: Shown) => void = () => undefined,
): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => session.cancel();
    const holder = session.hold(
      (shown) => {
        onChange(shown);
        if (shown.state === 'running' || shown.state === 'live') return;
        signal.removeEventListener('abort', cancel);
        queueMicrotask(() => holder.dispose());
        if (shown.state === 'done') resolve(shown);
        else reject(session.failure ?? new Error(shown.message));
      },
      { visible: true, wants: { report: false, result: true } },
    );
    signal.addEventListener('abort', cancel, { once: true });
  });
}

/** With the inputs that settings give; asked anew for each run, and no part of what is kept of it. */
function withSettings(request: RunRequest, { manifest: { inputSettings } }: ToolEntry): RunRequest {
  if (inputSettings === undefined) return request;
  const configuration = vscode.workspace.getConfiguration();
  const set = Object.entries(inputSettings).map(([name, setting]) => [name, configuration.get<unknown>(setting)]);
  return { ...request, input: { ...Object.fromEntries(set), ...(request.input as object) } };
}

function intervalMs(entry: ToolEntry): number {
  if (entry.manifest.paceMs !== undefined) return entry.manifest.paceMs;
  const steady = entry.manifest.intervalSetting;
  const setting = steady ?? entry.intervalSetting;
  const seconds = setting === undefined ? 2 : vscode.workspace.getConfiguration().get<number>(setting, 2);
  return seconds * 1_000 * (steady !== undefined || vscode.window.state.focused ? 1 : unfocusedFactor);
}
