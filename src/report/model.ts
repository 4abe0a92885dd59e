/**
 * A Report is the one form in which every result reaches a person: plain JSON, drawn by one page, printed as
 * Markdown, HTML, CSV and JSON, kept as the snapshot that restores a panel. All texts are already in the user's
 * language; texts that came from outside stand in it as they are and are never markup.
 */
export interface Report {
  readonly title: string;
  /** A plain sentence: what is wrong, where, what is not at fault. */
  readonly verdict: string;
  readonly status: Status;
  readonly blocks: readonly Block[];
  readonly actions?: readonly Action[];
  readonly moments?: Moments;
}

/** The report shows one of several moments; a slider leads to the others, by running the tool with another `at`. */
export interface Moments {
  /** Milliseconds since 1970 UTC, ascending. */
  readonly times: readonly number[];
  /** Index into `times`. */
  readonly shown: number;
}

/** 'error' is a negative verdict (the command line exits with 1); 'unknown' means it could not be found out. */
export type Status = 'ok' | 'info' | 'warning' | 'error' | 'unknown';

export type Block =
  | FactsBlock
  | TableBlock
  | TextBlock
  | TerminalBlock
  | TimelineBlock
  | SeriesBlock
  | GraphBlock
  | MapBlock
  | SectionBlock;

/** What a number means; `report/format.ts` turns value and unit into text. */
export type Unit =
  | 'number' // grouped digits: 12,345.6
  | 'percent' // 0 to 100
  | 'bytes'
  | 'bytesPerSecond'
  | 'perSecond'
  | 'milliseconds'
  | 'seconds' // printed as a duration: 3 d 4 h
  | 'time' // milliseconds since 1970 UTC, printed as a local date and time
  | 'hertz'
  | 'celsius'
  | 'rpm'
  | 'volts'
  | 'watts'
  | 'plain'; // digits as they are: ports, pids, AS numbers

/**
 * A string, a number in the unit of its column or fact, null where there is nothing to tell (drawn as a dash),
 * or one of these with a status or an action.
 */
export type Cell = string | number | null | RichCell;

export interface RichCell {
  readonly text?: string;
  readonly value?: number;
  /** Only where it differs from the column's. */
  readonly unit?: Unit;
  readonly status?: Status;
  /** Index into the report's actions. */
  readonly action?: number;
  /** 0 to 1: drawn as a small bar behind the number, such as the used part of a disk. */
  readonly fraction?: number;
}

export interface FactsBlock {
  readonly kind: 'facts';
  readonly title?: string;
  readonly items: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: Cell;
  readonly unit?: Unit;
  /** A short explanation, shown beside the value. */
  readonly note?: string;
  /** Fixed-pitch: addresses, hex, binary. */
  readonly code?: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  /** Stable within the report: live updates find sort, filter, scroll and selection by it. */
  readonly id: string;
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** One stable key a row; without it rows are told apart by their index. */
  readonly rowKeys?: readonly string[];
  /** How it is sorted before the user chooses; without it the order of `rows` stands. */
  readonly sort?: { readonly column: string; readonly direction: 'ascending' | 'descending' };
  /** Shown instead of an empty table. */
  readonly empty?: string;
  /** The index of each row's parent row, or null: the table can be shown as a tree. */
  readonly parents?: readonly (number | null)[];
  readonly menu?: RowMenu;
}

/** What can be done with a row. The page names it by table, row key and index, never by a command id. */
export interface RowMenu {
  /** The first one is what Enter and a double click do. */
  readonly actions: readonly RowAction[];
  /** One a row: the part of the input that tells the row; null where the row has no menu. */
  readonly inputs: readonly (Readonly<Record<string, unknown>> | null)[];
  /** One a row, where the rows are machines: the actions take place there. Else on the machine of the report. */
  readonly machines?: readonly string[];
}

export interface RowAction {
  readonly label: string;
  readonly tool: string;
  /** Added to the row's input. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Only for rows whose input tells this. */
  readonly needs?: string;
  /** The user says on which machine, in place of that of the report. */
  readonly asksMachine?: boolean;
  /** A line stands above it. */
  readonly group?: boolean;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Given: the column is numeric, aligned right. Not given: text. */
  readonly unit?: Unit;
  readonly code?: boolean;
  /** Explains an abbreviated title, such as await. */
  readonly description?: string;
  /** Not shown until the user chooses it. */
  readonly hidden?: boolean;
  /** In characters: where rows have one line, longer texts are cut off, so that they do not move others out of sight. */
  readonly widest?: number;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly title?: string;
  readonly text: string;
  /** 'code' keeps white space and is fixed-pitch. */
  readonly style: 'prose' | 'code' | 'note';
  readonly status?: Status;
}

/** What a program wrote, in its colours. While it grows, a reader who is at its end stays there. */
export interface TerminalBlock {
  readonly kind: 'terminal';
  /** Also tells the block from another one of the report. */
  readonly title?: string;
  /**
   * Made by `terminalText` or `TerminalScreen`: the only control characters in it are \n, tab and those of SGR
   * sequences (`ESC [ … m`), and every line begins without a style.
   */
  readonly text: string;
  /** Shown instead of no output. */
  readonly empty?: string;
}

/** Phases one after another or overlapping, such as those of an HTTP request. */
export interface TimelineBlock {
  readonly kind: 'timeline';
  readonly title?: string;
  readonly unit: 'milliseconds' | 'seconds';
  readonly phases: readonly Phase[];
}

export interface Phase {
  readonly label: string;
  readonly start: number;
  readonly duration: number;
  readonly status?: Status;
  readonly note?: string;
}

/** A chart over time with its numbers as a table. */
export interface SeriesBlock {
  readonly kind: 'series';
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /** Milliseconds since 1970 UTC, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly SeriesLine[];
  /** The time axis covers at least this many milliseconds, up to the last time: a live chart fills from the right. */
  readonly spanMs?: number;
  readonly stacked?: boolean;
  /** Fixed ends of the value axis, such as 0 and 100; without them the values decide. */
  readonly min?: number;
  readonly max?: number;
}

export interface SeriesLine {
  readonly label: string;
  /** As many as there are times; null is a gap. */
  readonly values: readonly (number | null)[];
}

/** A directed graph, such as the path of a trace. */
export interface GraphBlock {
  readonly kind: 'graph';
  readonly title?: string;
  readonly direction: 'right' | 'down';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly status?: Status;
  readonly action?: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly status?: Status;
}

/** Places on the earth and the lines between them. */
export interface MapBlock {
  readonly kind: 'map';
  readonly title?: string;
  readonly places: readonly Place[];
  readonly lines: readonly PlaceLine[];
}

export interface Place {
  readonly id: string;
  readonly label: string;
  /** Degrees, north positive. */
  readonly latitude: number;
  /** Degrees, east positive. */
  readonly longitude: number;
  readonly detail?: string;
  readonly status?: Status;
}

export interface PlaceLine {
  readonly from: string;
  readonly to: string;
  readonly status?: Status;
}

export interface SectionBlock {
  readonly kind: 'section';
  readonly title: string;
  readonly status?: Status;
  /** One sentence about this part. */
  readonly summary?: string;
  readonly collapsed?: boolean;
  readonly blocks: readonly Block[];
}

/** What a report offers to do next. The page names it by its index only. */
export type Action =
  | {
      readonly kind: 'tool';
      readonly label: string;
      readonly tool: string;
      readonly input: unknown;
      /** The user says on which machine, in place of that of the report. */
      readonly asksMachine?: boolean;
    }
  | { readonly kind: 'copy'; readonly label: string; readonly text: string }
  | { readonly kind: 'open'; readonly label: string; readonly url: string };
