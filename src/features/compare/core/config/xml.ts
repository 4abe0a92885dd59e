import type { ConfigFile, ConfigNode } from './tree';
import { type XmlElement, XmlReader, type XmlText } from './xmlReader';

/**
 * XML with its attributes in any order; elements keep theirs, which means something nearly everywhere. White space between
 * elements, and around a text that begins or ends on a line of its own, does not count. Throws NotParsed.
 */
export function readXml(text: string): ConfigFile {
  const reader = new XmlReader(text);
  const elements = reader.read();
  return { children: [...reader.instructions, ...elements.map(elementNode)] };
}

function elementNode({ name, line, attributes, children }: XmlElement): ConfigNode {
  if (name.startsWith('<?')) return { text: name, line };
  const nodes = children.map((child) => ('name' in child ? elementNode(child) : textNode(child))).filter(isNode);
  const told = attributes.map(([key, value]): ConfigNode => {
    return { text: `${key}=${JSON.stringify(value)}`, line, key };
  });
  return {
    text: `<${name}>`,
    line,
    close: `</${name}>`,
    children: [{ text: '', line, isUnordered: true, children: told }, ...nodes],
  };
}

function isNode(node: ConfigNode | null): node is ConfigNode {
  return node !== null;
}

function textNode({ text, line }: XmlText): ConfigNode | null {
  if (text.trim() === '') return null;
  const [start, end] = [text.slice(0, text.length - text.trimStart().length), text.slice(text.trimEnd().length)];
  const told = text.slice(start.includes('\n') ? start.length : 0, text.length - (end.includes('\n') ? end.length : 0));
  return { text: JSON.stringify(told), line };
}
