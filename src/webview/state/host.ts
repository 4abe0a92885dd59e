import type { HostMessage, PageConfig, PageMessage, PageState, ShowMessage } from '../../report/protocol';

/** The one object that VS Code gives to the script of a webview; it can be asked for once. */
export interface Host {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): Host;

export function acquireHost(): Host {
  return acquireVsCodeApi();
}

/** What the host wrote into the body; a page without it still works, in English. */
export function readConfig(body: HTMLElement): PageConfig {
  const text = body.dataset['opsdeck'];
  return text === undefined ? { locale: 'en', texts: {} } : (JSON.parse(text) as PageConfig);
}

/** The host's own messages; anything else that reaches the window is none of ours. */
export function isHostMessage(data: unknown): data is HostMessage {
  return isShow(data) && (data['report'] === null || isBytes(data['report']));
}

/** A state that this version of the page wrote. */
export function isPageState(state: unknown): state is PageState {
  return isRecord(state) && state['version'] === 1 && isShow(state['shown']) && isReport(state['shown']['report']);
}

function isShow(data: unknown): data is Record<string, unknown> & Pick<ShowMessage, 'kind'> {
  return isRecord(data) && data['kind'] === 'show' && isRecord(data['request']) && typeof data['state'] === 'string';
}

function isReport(report: unknown): boolean {
  return report === null || (isRecord(report) && Array.isArray(report['blocks']));
}

function isBytes(value: unknown): value is Uint8Array | ArrayBuffer {
  return value instanceof Uint8Array || value instanceof ArrayBuffer;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
