import { isFailure, type FileFailure } from '../../../../machine/machine';

/** The greatest 64-bit counter of the kernel; a longer number is rubbish. */
const COUNTER_MAX = 18_446_744_073_709_551_615;
const DIGIT_ZERO = 48;
const BLANK = 32;
const TAB = 9;

/** Files of /proc end with a line feed; one that does not was cut in the middle of a line. */
export function isCutShort(text: string): boolean {
  return text.length > 0 && !text.endsWith('\n');
}

/** The lines without their line feeds. A last line that was cut short is left out: half a number is a wrong number. */
export function wholeLines(text: string): string[] {
  const lines = text.split('\n');
  lines.pop();
  return lines;
}

/** The words of a line, separated by blanks or tabs. Without a regular expression: it is the most called of all. */
export function words(line: string): string[] {
  const found: string[] = [];
  let start = -1;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code !== BLANK && code !== TAB) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      found.push(line.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) found.push(line.slice(start));
  return found;
}

/** A counter: decimal digits only, up to 64 bits (beyond 2^53 the last digits are lost); anything else is null. */
export function count(text: string | undefined): number | null {
  if (text === undefined || text.length === 0 || text.length > 20) return null;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - DIGIT_ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value > COUNTER_MAX ? null : value;
}

/** A decimal number that may have a sign and a fraction, as in loadavg and hwmon; anything else is null. */
export function decimal(text: string | undefined): number | null {
  if (text === undefined || text.length > 40 || !/^-?\d+(\.\d+)?$/.test(text)) return null;
  return Number(text);
}

/** The content of a file that holds one value, as most of /sys; null when there is none. */
export function singleValue(content: string | FileFailure | undefined): string | null {
  if (content === undefined || isFailure(content)) return null;
  const value = content.trim();
  return value === '' || value.includes('\n') ? null : value;
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
