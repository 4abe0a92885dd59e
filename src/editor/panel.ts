import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError } from '../lib/errors';
import { localName } from '../machine/machines';
import type { Action, Report } from '../report/model';
import type {
  ExportFormat,
  HostMessage,
  PageMessage,
  RunRequest,
  RunState,
  ShowMessage,
  TablePreference,
  TablePreferences,
} from '../report/protocol';
import type { ToolCall } from '../runtime/protocol';
import type { ToolClient } from '../runtime/toolClient';
import { copyReport, exportReport, openReportAsText, type Delivered, type ReportTexts } from './deliver';
import type { EditorHost } from './feature';
import { pageFolder, pageHtml } from './page';
import type { Holder, Session } from './session';

/** What a panel asks of the house around it. */
export interface PanelHost extends EditorHost {
  readonly texts: ReportTexts;
  readonly client: ToolClient;
  /** Finds or begins the session of a request. Throws ExpectedError when there is no such tool. */
  sessionOf(request: RunRequest): Session;
  /** Whether a tool changes something: it is never run anew without being confirmed anew. */
  changes(toolId: string): boolean;
  /** The tool's own command: asks for what the input lacks, has a change confirmed, and shows the outcome. */
  callTool(call: Omit<RunRequest, 'machine'> & { readonly machine?: string }): Promise<void>;
  titleOf(toolId: string): string;
  preferencesOf(toolId: string): TablePreferences;
  prefer(toolId: string, table: string, preference: TablePreference): Promise<void>;
}

/** What was shown when the window was closed, a session to look at, or nothing for a new run. */
export type PanelStart =
  | { readonly kind: 'run' }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'snapshot'; readonly shown: ShowMessage };

/** One webview panel: a request, the session that answers it, and the page that draws the answer. */
export class ReportPanel {
  private holder: Holder | undefined;
  /** What was shown when the user paused, until the user resumes. */
  private held: HostMessage | undefined;
  /** Stays on the page until there is another one. */
  private lastReport: Uint8Array | null = null;
  private pageReady = false;
  private disposed = false;
  private snapshot: { readonly message: HostMessage; readonly report: Report | null } | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private current: RunRequest,
    private readonly host: PanelHost,
    private readonly onDispose: (panel: ReportPanel) => void,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(host.context)] };
    panel.iconPath = vscode.Uri.joinPath(host.context.extensionUri, 'media', 'report.svg');
    panel.onDidDispose(() => this.dispose());
    panel.onDidChangeViewState(() => this.onVisibility());
    panel.webview.onDidReceiveMessage((message) => void this.onMessage(message));
    panel.webview.html = pageHtml(panel.webview, host.context);
  }

  get request(): RunRequest {
    return this.current;
  }

  begin(start: PanelStart): void {
    switch (start.kind) {
      case 'snapshot': {
        const { report } = start.shown;
        const bytes = report === null ? null : new TextEncoder().encode(JSON.stringify(report));
        this.snapshot = { message: { ...start.shown, report: bytes, state: 'restored', message: '' }, report };
        return this.post();
      }
      case 'session':
        return this.look(start.session);
      case 'run':
        return this.look(this.host.sessionOf(this.current));
    }
  }

  /** The user asked for the same thing once more: what is live goes on, everything else is run anew. */
  async showAgain(): Promise<void> {
    this.panel.reveal();
    if (this.holder?.session.shown.state !== 'live') await this.runAgain();
  }

  shows(request: RunRequest): boolean {
    return JSON.stringify(request) === JSON.stringify(this.current);
  }

  private look(session: Session): void {
    const before = this.holder;
    this.snapshot = undefined;
    this.lastReport = copyOf(this.lastReport);
    this.holder = session.hold(() => this.post(), {
      visible: this.panel.visible,
      wants: { report: true, result: false },
    });
    before?.dispose();
    this.post();
  }

  private dispose(): void {
    this.disposed = true;
    this.holder?.dispose();
    this.onDispose(this);
  }

  private onVisibility(): void {
    // A hidden page is gone and says 'ready' when it comes back.
    if (!this.panel.visible) this.pageReady = false;
    this.holder?.setVisible(this.panel.visible && this.held === undefined);
  }

  private post(): void {
    const message = this.message();
    if (this.disposed || message === undefined) return;
    const title = this.holder?.session.shown.head?.title ?? this.snapshot?.report?.title;
    if (title !== undefined) this.name(title);
    if (!this.pageReady || !this.panel.visible) return;
    const posted = this.panel.webview.postMessage(message);
    if (message.report !== null) this.holder?.needs(message.report, posted);
  }

  /** Whose figures these are must be seen in the tab already. */
  private name(title: string): void {
    const { machine } = this.current;
    const full = machine === localName || title.includes(machine) ? title : `${machine}: ${title}`;
    if (this.panel.title !== full) this.panel.title = full;
  }

  private message(): HostMessage | undefined {
    if (this.held !== undefined) return this.held;
    if (this.holder === undefined) return this.snapshot?.message;
    const { state, report, takenAtMs, message } = this.holder.session.shown;
    this.lastReport = report ?? this.lastReport;
    return {
      kind: 'show',
      request: this.current,
      state,
      report: this.lastReport,
      takenAtMs,
      message,
      title: this.host.titleOf(this.current.tool),
      preferences: this.host.preferencesOf(this.current.tool),
    };
  }

  private async onMessage(raw: unknown): Promise<void> {
    await this.host.attempt(this.panel.title, async () => {
      const judged = await this.host.client.call('pageMessage', { raw });
      if (judged.kind === 'accepted') return this.obey(judged.value);
      this.host.log.warn(`The report page sent a message that is not understood: ${judged.reason}`);
    });
  }

  private async obey(message: PageMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.pageReady = true;
        return this.post();
      case 'runAgain':
        return this.runAgain();
      case 'cancel':
        return this.holder?.session.cancel();
      case 'pause':
        return this.hold(this.message(), 'paused');
      case 'resume':
        return this.hold(undefined, 'live');
      case 'action':
        return this.act(await this.actionAt(message.index));
      case 'rowAction':
        return this.actOnRow(message);
      case 'moment':
        return this.showMoment(message.index);
      case 'prefer':
        return this.host.prefer(this.current.tool, message.table, message.preference);
      case 'copyText':
        return vscode.env.clipboard.writeText(message.text);
      case 'copyReport':
        return copyReport(this.delivered());
      case 'export':
        return exportReport(this.delivered(), message.format);
      case 'openAsText':
        return openReportAsText(this.delivered(), this.host.texts);
    }
  }

  private async runAgain(): Promise<void> {
    if (this.host.changes(this.current.tool)) return this.host.callTool(this.current);
    this.held = undefined;
    if (this.holder === undefined) return this.look(this.host.sessionOf(this.current));
    this.holder.session.restart();
    this.onVisibility();
  }

  private hold(message: HostMessage | undefined, state: RunState): void {
    this.held = message === undefined ? undefined : { ...message, report: copyOf(message.report), state };
    this.onVisibility();
    this.post();
  }

  private delivered(): Delivered {
    const locale = vscode.env.language;
    return {
      request: this.current,
      takenAtMs: this.message()?.takenAtMs ?? 0,
      print: (format: ExportFormat) => {
        const report = this.snapshot?.report;
        return report === undefined || report === null
          ? this.host.client.call('print', { run: this.runId(), format, locale })
          : this.host.client.call('printReport', { report, format, locale });
      },
    };
  }

  private runId(): number {
    const id = this.holder?.session.runId;
    if (id !== undefined) return id;
    throw new ExpectedError('not-ready', l10n.t('There is no result yet; wait for it, or run the tool again.'));
  }

  private async actionAt(index: number): Promise<Action | null> {
    if (this.snapshot !== undefined) return this.snapshot.report?.actions?.[index] ?? null;
    return this.host.client.call('action', { run: this.runId(), index });
  }

  private async act(action: Action | null): Promise<void> {
    if (action === null) throw new ExpectedError('gone', l10n.t('The report has no such action any more.'));
    switch (action.kind) {
      case 'tool':
        return this.call(action);
      case 'copy':
        return vscode.env.clipboard.writeText(action.text);
      case 'open':
        await vscode.env.openExternal(vscode.Uri.parse(action.url, true));
    }
  }

  private async actOnRow({ table, row, action }: PageMessage & { kind: 'rowAction' }): Promise<void> {
    if (this.snapshot !== undefined) {
      throw new ExpectedError(
        'stale',
        l10n.t('These rows are from before the window was reloaded. Run the tool again.'),
      );
    }
    const call = await this.host.client.call('rowAction', { run: this.runId(), table, row, action });
    if (call === null) throw new ExpectedError('gone', l10n.t('This row is not there any more.'));
    await this.call(call);
  }

  /** Where the report looked, unless it names another machine or the user is to say which one. */
  private call({ tool, input, machine = this.current.machine, asksMachine = false }: ToolCall): Promise<void> {
    return this.host.callTool(asksMachine ? { tool, input } : { tool, input, machine });
  }

  private async showMoment(index: number): Promise<void> {
    const at = await this.host.client.call('moment', { run: this.runId(), index });
    if (at === null) return;
    this.current = { ...this.current, input: { ...(this.current.input as object), at } };
    this.look(this.host.sessionOf(this.current));
  }
}

/** A session lets its reports go. */
function copyOf(report: Uint8Array | null): Uint8Array | null {
  return report?.slice() ?? null;
}
