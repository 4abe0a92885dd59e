import { charactersOf } from './characters';
import type { RowLine, Span, SpanChange } from './rows';

const CHANGES: Readonly<Record<string, SpanChange>> = { '+': 'added', '-': 'removed', '^': 'changed' };

/** A line of ndiff as it is. */
export function plainLine(number: number, line: string): RowLine {
  return { number, spans: [{ text: line.slice(2), change: null }] };
}

/** A line of ndiff that is only on one side, coloured as a whole; an empty one gets a blank to be seen. */
export function wholeLine(number: number, line: string): RowLine {
  const text = line.slice(2);
  return { number, spans: [{ text: text === '' ? ' ' : text, change: CHANGES[line.charAt(0)] ?? null }] };
}

/** A line of ndiff with the guide that stood below it. */
export function guidedLine(number: number, line: string, guide: string): RowLine {
  const characters = charactersOf(line);
  const spans: Span[] = [];
  let done = 2;
  const add = (end: number, change: SpanChange | null): void => {
    if (end > done) spans.push({ text: characters.slice(done, end).join(''), change });
    done = Math.max(done, end);
  };
  for (const { 0: run, index } of guide.matchAll(/\++|-+|\^+/g)) {
    add(index, null);
    add(index + run.length, CHANGES[run.charAt(0)] ?? null);
  }
  add(characters.length, null);
  return { number, spans };
}

/** The line in pieces of so many characters. */
export function wrappedLine(line: RowLine, columns: number): RowLine[] {
  if (line.number === null) return [line];
  const pieces: Span[][] = [];
  let piece: Span[] = [];
  let room = columns;
  for (const { text, change } of line.spans) {
    const characters = charactersOf(text);
    for (let at = 0; at < characters.length;) {
      if (room === 0) {
        pieces.push(piece);
        piece = [];
        room = columns;
      }
      const part = characters.slice(at, at + room);
      piece.push({ text: part.join(''), change });
      at += part.length;
      room -= part.length;
    }
  }
  pieces.push(piece);
  return pieces.map((spans, at) => ({ number: at === 0 ? line.number : 'continued', spans }));
}
