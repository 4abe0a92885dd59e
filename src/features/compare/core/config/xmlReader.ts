import * as l10n from '@vscode/l10n';
import { type ConfigNode, MOST_DEPTH, NotParsed } from './tree';

/** A comment, an instruction, a part without markup, a declaration, a tag, or text up to the next one. */
const PART =
  /<!--([^]*?)-->|<\?([^]*?)\?>|<!\[CDATA\[([^]*?)\]\]>|(<!DOCTYPE\b)|<\/([^\s>]+)\s*>|<([^\s/>!?][^\s/>]*)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: (XmlElement | XmlText)[];
}

export interface XmlText {
  readonly text: string;
  readonly line: number;
}

/** Well-formed XML as a tree. Entities of a DTD are never followed: they stay as they are written. Throws NotParsed. */
export class XmlReader {
  readonly instructions: ConfigNode[] = [];
  private readonly root: XmlElement = { name: '', line: 1, column: 1, attributes: [], children: [] };
  private readonly open: XmlElement[] = [this.root];
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(private readonly text: string) {}

  read(): readonly XmlElement[] {
    while (this.at < this.text.length) this.step();
    const unclosed = this.open.at(-1) as XmlElement;
    if (this.open.length > 1) {
      throw new NotParsed(l10n.t('<{0}> is not closed', unclosed.name), unclosed.line, unclosed.column);
    }
    const elements = this.root.children.filter((child) => 'name' in child);
    if (elements.length !== 1) throw this.problem(l10n.t('there has to be one element around all others'));
    return elements;
  }

  private step(): void {
    PART.lastIndex = this.at;
    const found = PART.exec(this.text);
    if (found === null) throw this.problem(l10n.t('this is no markup'));
    const [whole, , instruction, raw, declaration, closed, name, attributes = '', empty, text] = found;
    if (declaration !== undefined) return this.declared();
    if (instruction !== undefined) this.instruct(instruction);
    else if (raw !== undefined) this.addText(raw);
    else if (text !== undefined) this.addText(this.decoded(text));
    else if (closed !== undefined) this.close(closed);
    else if (name !== undefined) this.begin(name, attributes, empty === '/');
    this.advance(whole.length);
  }

  private begin(name: string, attributes: string, isEmpty: boolean): void {
    if (this.open.length > MOST_DEPTH) throw this.problem(l10n.t('it is nested too deeply'));
    const pairs = Array.from(attributes.matchAll(ATTRIBUTE), ([, key = '', double, single]) => {
      return [key, this.decoded(double ?? single ?? '')] as const;
    });
    const element = { name, line: this.line, column: this.column(), attributes: pairs, children: [] };
    this.open.at(-1)?.children.push(element);
    if (!isEmpty) this.open.push(element);
  }

  private close(name: string): void {
    const element = this.open.at(-1);
    if (element === this.root || element?.name !== name) {
      throw this.problem(l10n.t('</{0}> closes nothing that is open', name));
    }
    this.open.pop();
  }

  private addText(text: string): void {
    const parent = this.open.at(-1) as XmlElement;
    if (parent === this.root && text.trim() !== '') throw this.problem(l10n.t('text outside of any element'));
    const last = parent.children.at(-1);
    if (last === undefined || 'name' in last) parent.children.push({ text, line: this.line });
    else parent.children[parent.children.length - 1] = { text: last.text + text, line: last.line };
  }

  /** The declaration of XML itself tells of the encoding, which is none of the meaning. */
  private instruct(text: string): void {
    if (/^xml\s/u.test(text)) return;
    const node = { text: `<?${text.trim().split(/\s+/u).join(' ')}?>`, line: this.line };
    if (this.open.length === 1) this.instructions.push(node);
    else this.open.at(-1)?.children.push({ name: node.text, line: node.line, column: 1, attributes: [], children: [] });
  }

  /** A document type with all it holds, as one line. */
  private declared(): void {
    const token = /"[^"]*"|'[^']*'|<!--[^]*?-->|[[\]>]|[^"'<[\]>]+|</y;
    let depth = 0;
    token.lastIndex = this.at + 1;
    for (let found = token.exec(this.text); found !== null; found = token.exec(this.text)) {
      if (found[0] === '[') depth += 1;
      if (found[0] === ']') depth -= 1;
      if (found[0] !== '>' || depth > 0) continue;
      const text = this.text.slice(this.at, token.lastIndex).split(/\s+/u).join(' ');
      this.instructions.push({ text, line: this.line });
      return this.advance(token.lastIndex - this.at);
    }
    throw this.problem(l10n.t('the document type is not closed'));
  }

  /** With a mark where an entity of a DTD is meant, so that it is not taken for the same letters as text. */
  private decoded(text: string): string {
    return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([\w.:-]+));?/giu, (whole, decimal, hex, name: string) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : `\u001b${whole}`;
      const point = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
      return point > 0x10ffff ? `\u001b${whole}` : String.fromCodePoint(point);
    });
  }

  private column(): number {
    return this.at - this.lineStart + 1;
  }

  private problem(reason: string): NotParsed {
    return new NotParsed(reason, this.line, this.column());
  }

  private advance(length: number): void {
    const end = this.at + length;
    for (let next = this.text.indexOf('\n', this.at); next !== -1 && next < end;) {
      this.line += 1;
      this.lineStart = next + 1;
      next = this.text.indexOf('\n', next + 1);
    }
    this.at = end;
  }
}
