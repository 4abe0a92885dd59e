import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Action, Report } from '../report/model';
import type { PageMessage, RunRequest, ShowMessage } from '../report/protocol';
import { copyReport, exportReport, openReportAsText, type Delivered, type ReportTexts } from './deliver';
import type { EditorHost } from './feature';
import { pageFolder, pageHtml } from './page';
import type { Holder, Session, Shown } from './session';
import { inNextTurn } from './turn';

/** What a panel asks of the house around it. */
export interface PanelHost extends EditorHost {
  readonly texts: ReportTexts;
  /** Finds or begins the session of a request. Throws ExpectedError when there is no such tool. */
  sessionOf(request: RunRequest): Promise<Session>;
  openTool(toolId: string, input: unknown): Promise<void>;
}

/** What was shown when the window was closed, or nothing for a new run. */
export type PanelStart = { readonly kind: 'run' } | { readonly kind: 'snapshot'; readonly shown: ShowMessage };

/** One webview panel: a request, the session that answers it, and the page that draws the answer. */
export class ReportPanel {
  private holder: Holder | undefined;
  /** What was shown when the user paused, until the user resumes. */
  private held: ShowMessage | undefined;
  private pageReady = false;
  private disposed = false;
  private snapshot: ShowMessage | undefined;
  /** The report of the latest result, made once. */
  private printed: { readonly result: unknown; readonly report: Report } | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly request: RunRequest,
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

  async begin(start: PanelStart): Promise<void> {
    if (start.kind === 'snapshot') {
      this.snapshot = { ...start.shown, state: 'restored', message: '' };
      this.post();
      return;
    }
    const session = await this.host.sessionOf(this.request);
    if (!this.disposed) this.look(session);
  }

  /** The user asked for the same thing once more: what is live goes on, everything else is run anew. */
  async showAgain(): Promise<void> {
    this.panel.reveal();
    if (this.holder?.session.shown.state !== 'live') await this.runAgain();
  }

  shows(request: RunRequest): boolean {
    return JSON.stringify(request) === JSON.stringify(this.request);
  }

  private look(session: Session): void {
    this.snapshot = undefined;
    this.holder = session.hold(() => this.post(), this.panel.visible);
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
    const title = message.report?.title;
    if (title !== undefined && this.panel.title !== title) this.panel.title = title;
    if (this.pageReady && this.panel.visible) void this.panel.webview.postMessage(message);
  }

  private message(): ShowMessage | undefined {
    if (this.held !== undefined) return this.held;
    if (this.holder === undefined) return this.snapshot;
    const shown = this.holder.session.shown;
    return {
      kind: 'show',
      request: this.request,
      state: shown.state,
      report: this.reportOf(shown),
      takenAtMs: shown.takenAtMs,
      message: shown.message,
    };
  }

  private reportOf(shown: Shown): Report | null {
    if (shown.result === undefined || this.holder === undefined) return null;
    if (this.printed?.result !== shown.result) {
      this.printed = { result: shown.result, report: this.holder.session.parts.tool.report(shown.result) };
    }
    return this.printed.report;
  }

  private async onMessage(raw: unknown): Promise<void> {
    const { pageMessageSchema } = await inNextTurn(() => import('../report/schema'));
    const parsed = pageMessageSchema.safeParse(raw);
    if (!parsed.success) {
      this.host.log.warn(`The report page sent a message that is not understood: ${parsed.error.message}`);
      return;
    }
    await this.host.attempt(this.panel.title, () => this.obey(parsed.data));
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
        return this.hold(this.message());
      case 'resume':
        return this.hold(undefined);
      case 'action':
        return this.act(this.message()?.report?.actions?.[message.index]);
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
    this.held = undefined;
    if (this.holder !== undefined) {
      this.holder.session.restart();
      this.onVisibility();
      return;
    }
    this.look(await this.host.sessionOf(this.request));
  }

  private hold(message: ShowMessage | undefined): void {
    this.held = message === undefined ? undefined : { ...message, state: 'paused' };
    this.onVisibility();
    this.post();
  }

  private delivered(): Delivered {
    const message = this.message();
    return {
      request: this.request,
      report: message?.report ?? null,
      result: this.holder?.session.shown.result,
      takenAtMs: message?.takenAtMs ?? 0,
    };
  }

  private async act(action: Action | undefined): Promise<void> {
    if (action === undefined) throw new Error(l10n.t('The report has no such action any more.'));
    switch (action.kind) {
      case 'tool':
        return this.host.openTool(action.tool, action.input);
      case 'copy':
        return vscode.env.clipboard.writeText(action.text);
      case 'open':
        await vscode.env.openExternal(vscode.Uri.parse(action.url, true));
    }
  }
}
