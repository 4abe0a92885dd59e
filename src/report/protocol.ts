import type { Report } from './model';

/** What a panel shows: enough to run it again, and to print it. */
export interface RunRequest {
  readonly tool: string;
  readonly input: unknown;
  /** The machine's name. */
  readonly machine: string;
}

export type RunState =
  | 'running' // results may still come
  | 'live' // sampled again and again
  | 'paused' // live, held by the user
  | 'done'
  | 'cancelled'
  | 'failed'
  | 'restored'; // from a snapshot, after the window was reloaded

/** Host to page. Sent whole at every change; the page keeps scroll, sort, filter, selection and focus. */
export interface ShowMessage {
  readonly kind: 'show';
  readonly request: RunRequest;
  readonly state: RunState;
  /** null until the first result. */
  readonly report: Report | null;
  /** When the report was made, in milliseconds since 1970 UTC. */
  readonly takenAtMs: number;
  /** What the tool is doing, or why it failed; empty when there is nothing to say. */
  readonly message: string;
  /** The tool's title in the user's language, for the time before there is a report. */
  readonly title?: string;
  /** How the user wants the tables of this tool, by table id. */
  readonly preferences?: TablePreferences;
}

export type TablePreferences = Readonly<Record<string, TablePreference>>;

/** Kept by the host for every panel of the same tool, over windows and restarts. */
export interface TablePreference {
  /** Ids of the shown columns in their order; those that a report does not have are skipped. */
  readonly columns?: readonly string[];
  readonly sort?: { readonly column: string; readonly direction: 'ascending' | 'descending' };
  readonly tree?: boolean;
}

/** On the wire the report is JSON in UTF-8: made where the tool runs, read by the page, never parsed in between. */
export type HostMessage = Omit<ShowMessage, 'report'> & { readonly report: Uint8Array | null };

export type ExportFormat = 'markdown' | 'html' | 'csv' | 'json';

/** Page to host; checked against `messageSchema` in editor/panel. */
export type PageMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'runAgain' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'action'; readonly index: number }
  /** By key, because rows may have moved since; `action` is an index into the table's menu. */
  | { readonly kind: 'rowAction'; readonly table: string; readonly row: string; readonly action: number }
  /** Index into the report's moments. */
  | { readonly kind: 'moment'; readonly index: number }
  | { readonly kind: 'prefer'; readonly table: string; readonly preference: TablePreference }
  /** The page decides what a cell, row or table is; the host owns the clipboard. */
  | { readonly kind: 'copyText'; readonly text: string }
  | { readonly kind: 'copyReport' }
  | { readonly kind: 'export'; readonly format: ExportFormat }
  | { readonly kind: 'openAsText' };

/**
 * What the page keeps with setState and the host receives when the window was reloaded. Tables are cut to
 * SNAPSHOT_ROWS rows there (see snapshot.ts); the report then says so.
 */
export interface PageState {
  readonly version: 1;
  readonly shown: ShowMessage;
  /** Sort, filter, collapsed parts and scroll, by block id; the page's own business. */
  readonly view: unknown;
}

/** Set by the host in the page's `data-opsdeck` attribute: what it needs before the first message. */
export interface PageConfig {
  /** BCP 47, for Intl. */
  readonly locale: string;
  /** Translations of the page's own texts, in the form of @vscode/l10n; empty for English. */
  readonly texts: Readonly<Record<string, string>>;
}
