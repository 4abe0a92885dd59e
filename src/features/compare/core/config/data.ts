import type { ConfigNode } from './tree';

interface Placed {
  /** Line of the source, from 1. */
  readonly line: number;
  /** A tag of YAML that is not one of the usual types, such as !vault. */
  readonly tag?: string;
}

/** What JSON, YAML and TOML can say. */
export type DataValue =
  | (Placed & { readonly kind: 'scalar'; readonly text: string })
  | (Placed & { readonly kind: 'text'; readonly value: string })
  | (Placed & { readonly kind: 'map'; readonly entries: readonly DataEntry[] })
  | (Placed & { readonly kind: 'list'; readonly items: readonly DataValue[] });

export interface DataEntry {
  /** As `keyText` writes it. */
  readonly key: string;
  readonly line: number;
  readonly value: DataValue;
}

/** What YAML 1.1 or 1.2 reads as something else than a string where it stands without quotation marks. */
export const NO_STRING =
  /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|[-+]?\.?\d[\d_,.:xobeEa-f+-]*|\d{4}-\d\d?-\d\d?[Tt\s].*)$/iu;

/** A name without quotation marks where nothing else can be meant. */
export function keyText(name: string): string {
  return /^[A-Za-z_$][\w.$/@-]*$/u.test(name) && !NO_STRING.test(name) ? name : JSON.stringify(name);
}

/** As JSON without commas, every entry on its line; what has several lines as these. Two values print alike only if they are. */
export function dataNode(value: DataValue, before = '', line = value.line, key?: string): ConfigNode {
  const start = value.tag === undefined ? before : `${before}${value.tag} `;
  const place = { line, ...(key === undefined ? {} : { key }) };
  switch (value.kind) {
    case 'scalar':
      return { ...place, text: start + value.text };
    case 'text':
      if (!value.value.includes('\n')) return { ...place, text: start + JSON.stringify(value.value) };
      return { ...place, text: `${start}|`, children: linesOf(value.value, value.line) };
    case 'map':
      if (value.entries.length === 0) return { ...place, text: `${start}{}` };
      return {
        ...place,
        text: `${start}{`,
        close: '}',
        isUnordered: true,
        children: value.entries.map((entry) => dataNode(entry.value, `${entry.key}: `, entry.line, entry.key)),
      };
    case 'list':
      if (value.items.length === 0) return { ...place, text: `${start}[]` };
      return { ...place, text: `${start}[`, close: ']', children: value.items.map((item) => dataNode(item)) };
  }
}

/** With a mark before each, so that no line looks like anything else. */
function linesOf(text: string, line: number): readonly ConfigNode[] {
  return text.split('\n').map((one) => ({ text: `| ${one}`, line }));
}
