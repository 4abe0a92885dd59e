import * as l10n from '@vscode/l10n';
import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import { type DataEntry, type DataValue, dataNode, keyText } from './data';
import { type ConfigFile, MOST_DEPTH, NotParsed } from './tree';

/** JSON, with comments and commas before a closing bracket as many programs have it. Throws NotParsed. */
export function readJson(text: string): ConfigFile {
  const reader = new JsonReader(text);
  visit(text, reader, { allowTrailingComma: true });
  return { children: reader.root === undefined ? [] : [dataNode(reader.root)] };
}

interface Open {
  readonly line: number;
  readonly entries: DataEntry[];
  readonly items: DataValue[];
  name: { readonly key: string; readonly line: number } | null;
}

/** Its members are called as the parser comes by, with places from 0. */
class JsonReader implements JSONVisitor {
  root: DataValue | undefined;
  private readonly open: Open[] = [];

  constructor(private readonly text: string) {}

  readonly onObjectBegin = (_offset: number, _length: number, line: number, column: number): void =>
    this.begin(line, column);
  readonly onArrayBegin = this.onObjectBegin;

  readonly onObjectProperty = (name: string, _offset: number, _length: number, line: number): void => {
    const open = this.open.at(-1);
    if (open !== undefined) open.name = { key: keyText(name), line: line + 1 };
  };

  readonly onObjectEnd = (): void => {
    const open = this.open.pop();
    if (open !== undefined) this.add({ kind: 'map', entries: open.entries, line: open.line });
  };

  readonly onArrayEnd = (): void => {
    const open = this.open.pop();
    if (open !== undefined) this.add({ kind: 'list', items: open.items, line: open.line });
  };

  /** Numbers as they are written: no program need read 0.1 and 1e-1, or very large ones, alike. */
  readonly onLiteralValue = (value: unknown, offset: number, length: number, line: number): void => {
    if (typeof value === 'string') this.add({ kind: 'text', value, line: line + 1 });
    else this.add({ kind: 'scalar', text: this.text.slice(offset, offset + length), line: line + 1 });
  };

  readonly onError = (code: number, _offset: number, _length: number, line: number, column: number): void => {
    const words = printParseErrorCode(code).replace(/\B[A-Z]/g, ' $&');
    throw new NotParsed(words.toLowerCase(), line + 1, column + 1);
  };

  private begin(line: number, column: number): void {
    if (this.open.length >= MOST_DEPTH) throw new NotParsed(l10n.t('it is nested too deeply'), line + 1, column + 1);
    this.open.push({ line: line + 1, entries: [], items: [], name: null });
  }

  private add(value: DataValue): void {
    const open = this.open.at(-1);
    if (open === undefined) this.root = value;
    else if (open.name === null) open.items.push(value);
    else {
      open.entries.push({ ...open.name, value });
      open.name = null;
    }
  }
}
