import type { Report } from './model';

/** The report itself; see schema.ts for its form. Ends with a line break. */
export function printReportJson(report: Report): string {
  return printJson(report);
}

/**
 * A tool's result, which is plain JSON by contract: what is undefined is left out, NaN and infinities become null, and
 * a bigint is a TypeError. Ends with a line break.
 */
export function printResultJson(result: unknown): string {
  return printJson(result ?? null);
}

/**
 * Characters that a terminal obeys or that turn the direction of text, beyond those that JSON escapes by itself.
 * Escaped, the value is the same for every reader.
 */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function printJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return `${text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
