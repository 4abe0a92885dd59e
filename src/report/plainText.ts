/**
 * Characters that a reader cannot see and a terminal or a line of text obeys: C0 and C1 controls, bidirectional
 * controls (UAX #9), zero-width and invisible ones, line separators, tags (U+E0000), lone surrogates. The joiner inside an emoji is left: it can be seen there.
 */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d/gu;

/** One line of text with nothing hidden in it: a line break becomes ↵, a tab a space, anything invisible its number. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\r\n|[\n\r]/g, ' ↵ ').replaceAll('\t', ' '));
}

/** The same for text of several lines: \n and tabs stay, \r\n becomes \n. */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${number}⟩`;
  });
}
