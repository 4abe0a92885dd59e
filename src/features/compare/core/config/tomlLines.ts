/** Lines, from 1, of tables and keys by their names, each with a NUL before it; of elements by their index. */
export type LineIndex = ReadonlyMap<string, number>;

const NAME = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/gu;
const NAMES = String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+))*`;
const HEADER = new RegExp(String.raw`^\s*(\[\[?)\s*(${NAMES})\s*\]`, 'u');
const KEY = new RegExp(String.raw`^\s*(${NAMES})\s*=`, 'u');
const LONGEST_LINE = 10_000;

/** Where things stand in a TOML file, which its parser does not tell. What it does not find has the line of what holds it. */
export function lineIndex(text: string): LineIndex {
  const index = new Map<string, number>();
  const counts = new Map<string, number>();
  let table = '';
  let closing: string | null = null;
  text.split('\n').forEach((whole, at) => {
    const line = whole.slice(0, LONGEST_LINE);
    if (closing === null) {
      const [, bracket, header] = HEADER.exec(line) ?? [];
      const key = header === undefined ? KEY.exec(line)?.[1] : undefined;
      if (header !== undefined) table = noted(index, '', header, at + 1, counts, bracket === '[[');
      else if (key !== undefined) noted(index, table, key, at + 1, counts, false);
    }
    closing = afterLine(line, closing);
  });
  return index;
}

/** Notes the way down to a name and gives its path; names of tables in arrays go on with the last element. */
function noted(
  index: Map<string, number>,
  start: string,
  names: string,
  line: number,
  counts: Map<string, number>,
  isElement: boolean,
): string {
  const steps = Array.from(names.matchAll(NAME), ([, double, single, bare]) => double ?? single ?? bare ?? '');
  let path = start;
  steps.forEach((step, at) => {
    path += `\u0000${step}`;
    if (!index.has(path)) index.set(path, line);
    const count = counts.get(path);
    const isLast = at === steps.length - 1;
    if (isLast && isElement) {
      counts.set(path, (count ?? 0) + 1);
      path += `\u0000${count ?? 0}`;
      index.set(path, line);
    } else if (count !== undefined) path += `\u0000${count - 1}`;
  });
  return path;
}

/** The marks that end a string of several lines that is open after this line. */
function afterLine(line: string, closing: string | null): string | null {
  let open = closing;
  for (const [marks] of line.matchAll(/"""|'''/g)) {
    if (open === null) open = marks;
    else if (open === marks) open = null;
  }
  return open;
}
