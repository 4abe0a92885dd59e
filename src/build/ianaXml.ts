/** An element of an XML document. Comments, processing instructions and the document type are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

const markup =
  /<!--[\s\S]*?-->|<[?!][^>]*>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root element of a well-formed document without CDATA sections. Throws on anything else. */
export function parseXml(text: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  let position = 0;
  for (const match of text.matchAll(markup)) {
    addText(open, text.slice(position, match.index));
    position = match.index + match[0].length;
    const [, closed, opened, attributes, empty] = match;
    if (closed !== undefined) close(open, closed);
    else if (opened !== undefined) {
      open.push({ name: opened, attributes: attributesOf(attributes ?? ''), children: [] });
      if (empty === '/') close(open, opened);
    }
  }
  addText(open, text.slice(position));
  const found = root.children.find((child) => typeof child !== 'string');
  if (open.length !== 1 || found === undefined) throw new Error('The document ends before its root element does.');
  return found;
}

function addText(open: readonly OpenElement[], text: string): void {
  if (text.includes('<')) throw new Error(`Not well-formed XML near "${text.slice(0, 40)}".`);
  if (text !== '') open.at(-1)?.children.push(decoded(text));
}

function close(open: OpenElement[], name: string): void {
  const element = open.pop();
  const parent = open.at(-1);
  if (element === undefined || parent === undefined || element.name !== name) {
    throw new Error(`</${name}> closes no element of that name.`);
  }
  parent.children.push(element);
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name, double, single]) => [name ?? '', decoded(double ?? single ?? '')]));
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ''] ?? whole;
  });
}

/** The elements of that name directly inside. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** All text inside, with white space collapsed; empty when there is no such element. */
export function textOf(element: XmlElement | undefined): string {
  const parts = (element?.children ?? []).map((child) => (typeof child === 'string' ? child : textOf(child)));
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}
