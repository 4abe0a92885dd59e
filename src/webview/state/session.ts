import { createFormatter, type Formatter } from '../../report/format';
import type { Report } from '../../report/model';
import type { PageMessage, ShowMessage, TablePreference } from '../../report/protocol';
import { snapshotOf } from '../../report/snapshot';
import { type Host, isHostMessage, isPageState, isRecord } from './host';
import { createPreferenceSender } from './preferences';
import { createMessageReader } from './reportReader';
import { createSaver } from './saver';
import { createViewStore, type ViewStore } from './view';

/** What every part of the page shares: what is shown, the view on it, and the way back to the host. */
export interface Session {
  readonly locale: string;
  readonly format: Formatter;
  readonly view: ViewStore;
  /** null before the first message of a new panel. */
  shown(): ShowMessage | null;
  subscribe(listener: () => void): () => void;
  post(message: PageMessage): void;
  /** How the user wants the tables with this id from now on. */
  prefer(table: string, preference: TablePreference): void;
  /** Says something to a screen reader when it has time. */
  announce(text: string): void;
  /** For the page's live region. */
  onAnnounce(listener: (text: string) => void): () => void;
}

/** Draws from the kept state until the host speaks, and keeps the state from then on. */
export function createSession(host: Host, locale: string): Session {
  const kept = host.getState();
  const state = isPageState(kept) ? kept : null;
  const listeners = new Set<() => void>();
  const hearers = new Set<(text: string) => void>();
  let shown: ShowMessage | null = state?.shown ?? null;

  const snapshot = memoizedSnapshot();
  const save = (): void => {
    if (shown !== null)
      host.setState({ version: 1, shown: { ...shown, report: snapshot(shown.report) }, view: view.all() });
  };
  const saver = createSaver(save);
  const read = createMessageReader();
  const preferences = createPreferenceSender((message) => host.postMessage(message));
  const view = createViewStore(isRecord(state?.view) ? state.view : {}, saver.viewChanged);

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isHostMessage(event.data)) return;
    shown = read(event.data);
    listeners.forEach((listener) => listener());
    saver.reportChanged();
  });
  const leave = (): void => {
    saver.flush();
    preferences.flush();
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
  return {
    locale,
    format: createFormatter({ locale }),
    view,
    shown: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    post: (message) => host.postMessage(message),
    prefer: preferences.prefer,
    announce: (text) => hearers.forEach((hearer) => hearer(text)),
    onAnnounce(listener) {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
  };
}

/** The view is saved far more often than the report changes, and cutting 100,000 rows takes its time. */
function memoizedSnapshot(): (report: Report | null) => Report | null {
  let last: { readonly report: Report | null; readonly snapshot: Report | null } = { report: null, snapshot: null };
  return (report) => {
    if (last.report !== report) last = { report, snapshot: report === null ? null : snapshotOf(report) };
    return last.snapshot;
  };
}
