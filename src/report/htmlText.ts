import { visibleLines } from './plainText';

/** HTML that the `markup` tag has made; the class is not exported, so there is no other way to make any. */
export type Html = SafeHtml;

/** What stands in a template: text and numbers are escaped, lists are joined, nothing (null, false) is left out. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

class SafeHtml {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** Builds HTML; everything interpolated is escaped, for text and for quoted attribute values alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new SafeHtml(strings.map((text, index) => text + print(parts[index])).join(''));
}

function print(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof SafeHtml) return part.toString();
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(print).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element's content or a quoted attribute; what is invisible is shown (see plainText.ts). */
export function escapeHtml(text: string): string {
  return escapeMarkup(visibleLines(text));
}

/** What HTML would take for its own; all else stays as it is. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
