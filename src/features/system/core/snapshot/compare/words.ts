/** One thing of a snapshot: what tells it from others, and all that is worth comparing about it, on one line. */
export interface Entry {
  readonly key: string;
  readonly text: string;
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** On one line whatever is in it: control characters as escapes. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A word that can be told from its neighbours. */
export function word(text: string): string {
  const line = oneLine(text);
  return line === '' || /[\s'"]/u.test(line) ? `'${line.replaceAll("'", String.raw`'\''`)}'` : line;
}

/** Seconds of UTC: the same text wherever it is made. */
export function timeText(milliseconds: number | null): string {
  if (milliseconds === null) return '?';
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime())
    ? '?'
    : time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}
