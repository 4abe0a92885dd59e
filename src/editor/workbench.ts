import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError } from '../lib/errors';
import type { LocalMachine } from '../machine/local';
import type { RunRequest } from '../report/protocol';
import { findTool, toolsOf, type ToolEntry } from '../tool/registry';
import type { Log, Secrets } from '../tool/tool';
import { ReportTexts } from './deliver';
import { Failures, logOf } from './failures';
import type { Feature, FeatureEntry } from './feature';
import { inLanguage, type FeatureManifest } from '../tool/manifest';
import { panelType } from './house';
import { ReportPanel, type PanelHost, type PanelStart } from './panel';
import { Session, type Holder, type Shown } from './session';
import { inNextTurn } from './turn';

/** The machine on which the extension runs; every machine of a request is told by its name. */
const localName = 'local';

/** How much slower a live tool is sampled while the window is not focused. */
const unfocusedFactor = 5;

/** What lives while the extension does: the machine, the sessions, the panels. Made at the first use of any tool. */
export class Workbench implements PanelHost {
  readonly log: Log;
  readonly tools: readonly ToolEntry[];
  readonly texts = new ReportTexts();
  private readonly failures: Failures;
  private machine: Promise<LocalMachine> | undefined;
  private readonly secrets: Secrets;
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
    this.secrets = {
      get: async (key) => context.secrets.get(key),
      store: async (key, value) => context.secrets.store(key, value),
      delete: async (key) => context.secrets.delete(key),
    };
    context.subscriptions.push(this.texts.register(), {
      dispose: () => void this.machine?.then((machine) => machine.dispose()),
    });
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

  /** Opens the report of a tool, or the panel that already shows it live. */
  async openTool(toolId: string, input: unknown): Promise<void> {
    const request: RunRequest = { tool: toolId, input, machine: localName };
    const open = [...this.panels].find((panel) => panel.shows(request));
    if (open !== undefined) return open.showAgain();
    const title = this.titleOf(toolId);
    const panel = vscode.window.createWebviewPanel(panelType, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    await this.adopt(panel, request, { kind: 'run' });
  }

  /** Takes over a panel that VS Code has restored after a reload; runs nothing. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { pageStateSchema } = await inNextTurn(() => import('../report/schema'));
    const parsed = pageStateSchema.safeParse(state);
    if (!parsed.success) {
      this.log.warn(`A panel could not be restored from its snapshot: ${parsed.error.message}`);
      panel.dispose();
      return;
    }
    const shown = parsed.data.shown;
    await this.adopt(panel, shown.request, { kind: 'snapshot', shown });
  }

  async holdLive(toolId: string, input: unknown, onChange: (shown: Shown) => void, visible: boolean): Promise<Holder> {
    const session = await this.sessionOf({ tool: toolId, input, machine: localName });
    return session.hold(onChange, visible);
  }

  async sessionOf(request: RunRequest): Promise<Session> {
    const key = JSON.stringify(request);
    const present = this.sessions.get(key);
    if (present !== undefined) return present;
    if (request.machine !== localName) {
      throw new ExpectedError('not-found', l10n.t('There is no machine named "{0}".', request.machine));
    }
    const entry = findTool(this.tools, request.tool);
    const tool = await inNextTurn(() => entry.load());
    this.machine ??= inNextTurn(async () => (await import('../machine/local')).createLocalMachine());
    const machine = await this.machine;
    const again = this.sessions.get(key);
    if (again !== undefined) return again;
    const session: Session = new Session(
      {
        tool,
        request,
        live: entry.manifest.live,
        context: { machine, log: this.log, secrets: this.secrets },
        intervalMs: () => intervalMs(entry),
        onBug: (error) => this.failures.show(this.titleOf(request.tool), error),
      },
      () => {
        if (this.sessions.get(key) === session) this.sessions.delete(key);
      },
    );
    this.sessions.set(key, session);
    return session;
  }

  private async adopt(panel: vscode.WebviewPanel, request: RunRequest, start: PanelStart): Promise<void> {
    const report = new ReportPanel(panel, request, this, (ended) => this.panels.delete(ended));
    this.panels.add(report);
    await report.begin(start);
  }

  private titleOf(toolId: string): string {
    const title = this.tools.find((tool) => tool.id === toolId)?.manifest.title;
    return title === undefined ? toolId : inLanguage(title, vscode.env.language);
  }
}

function intervalMs(entry: ToolEntry): number {
  const seconds =
    entry.intervalSetting === undefined ? 2 : vscode.workspace.getConfiguration().get<number>(entry.intervalSetting, 2);
  return seconds * 1_000 * (vscode.window.state.focused ? 1 : unfocusedFactor);
}
