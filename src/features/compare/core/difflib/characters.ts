/** White space as Python's str.isspace has it: Unicode's, and the four separators of ASCII. */
// eslint-disable-next-line no-control-regex -- four of them are white space
const SPACE = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

/** The characters of a text, each a code point. */
export function charactersOf(text: string): string[] {
  return Array.from(text);
}

export function withoutTrailingSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The order of code points; that of JavaScript puts U+10000 and above before U+E000. */
export function compareCodePoints(one: string, other: string): number {
  const ones = charactersOf(one);
  const others = charactersOf(other);
  for (let at = 0; at < Math.min(ones.length, others.length); at++) {
    const difference = (ones[at]?.codePointAt(0) ?? 0) - (others[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return ones.length - others.length;
}

/** A line is worth little for finding one's way if it is blank or holds a single '#'. */
export function isLineJunk(line: string): boolean {
  const text = withoutTrailingSpace(line);
  return text === '' || (text.endsWith('#') && withoutTrailingSpace(text.slice(0, -1)) === '');
}

/** So is a blank or a tab within a line. */
export function isCharacterJunk(character: string): boolean {
  return character === ' ' || character === '\t';
}
