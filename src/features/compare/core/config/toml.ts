import { parse, TomlDate, TomlError } from 'smol-toml';
import { type DataValue, dataNode, keyText } from './data';
import { lineIndex, type LineIndex } from './tomlLines';
import { type ConfigFile, MOST_DEPTH, NotParsed } from './tree';

/** TOML 1.0. Throws NotParsed. */
export function readToml(text: string): ConfigFile {
  try {
    const data: unknown = parse(text, { integersAsBigInt: true, maxDepth: MOST_DEPTH });
    return { children: [dataNode(valueOf(data, '', 1, lineIndex(text)))] };
  } catch (error) {
    if (error instanceof TomlError) {
      const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
      throw new NotParsed(reason, error.line, error.column);
    }
    throw error;
  }
}

/** Of two kinds of numbers each has its own spelling: 1 and 1.0 are not the same. */
function valueOf(value: unknown, path: string, near: number, index: LineIndex): DataValue {
  const line = index.get(path) ?? near;
  if (typeof value === 'string') return { kind: 'text', value, line };
  if (typeof value === 'number') return { kind: 'scalar', text: floatText(value), line };
  if (value instanceof TomlDate) return { kind: 'scalar', text: value.toISOString(), line };
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return { kind: 'list', line, items: items.map((item, at) => valueOf(item, `${path}\u0000${at}`, line, index)) };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', text: String(value), line };
  const entries = Object.entries(value).map(([name, of]: [string, unknown]) => {
    const child = valueOf(of, `${path}\u0000${name}`, line, index);
    return { key: keyText(name), line: child.line, value: child };
  });
  return { kind: 'map', line, entries };
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
