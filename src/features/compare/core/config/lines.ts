/** A line of a configuration file, cut of white space at both ends. */
export interface SourceLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Columns of white space before the text. */
  readonly indent: number;
  readonly isAfterBlank: boolean;
}

/** Those that hold something: not blank, and not begun by a mark of a comment. */
export function sourceLines(text: string, comments: string): SourceLine[] {
  const lines: SourceLine[] = [];
  let isAfterBlank = false;
  text.split('\n').forEach((whole, at) => {
    const line = whole.trim();
    if (line === '') isAfterBlank = true;
    if (line === '' || comments.includes(line.charAt(0))) return;
    lines.push({ text: line, line: at + 1, indent: whole.length - whole.trimStart().length, isAfterBlank });
    isAfterBlank = false;
  });
  return lines;
}
