/** Lines of two texts beside each other. */
export type Row = LineRow | 'separator';

export interface LineRow {
  readonly left: RowLine;
  readonly right: RowLine;
  readonly isChanged: boolean;
}

export interface RowLine {
  /** From 1; 'continued' where a long line goes on, null where this side has no line here. */
  readonly number: number | 'continued' | null;
  readonly spans: readonly Span[];
}

/** A stretch of a line. Tabs stand as one tab character for each column that they cover. */
export interface Span {
  readonly text: string;
  readonly change: SpanChange | null;
}

export type SpanChange = 'added' | 'removed' | 'changed';

export const NO_LINE: RowLine = { number: null, spans: [] };
