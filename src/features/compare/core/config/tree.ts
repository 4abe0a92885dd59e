/** What a configuration file says, as far as it means something: without comments, and in one spelling. */
export interface ConfigNode {
  /** One line, without indentation; '': only the children are shown, in its place. */
  readonly text: string;
  /** Line of the source, from 1. */
  readonly line: number;
  readonly children?: readonly ConfigNode[];
  /** The line after the children. */
  readonly close?: string;
  /** Children may stand in any order, but for those with the same `key`. */
  readonly isUnordered?: boolean;
  /** Where it stands among unordered siblings. Without it: before those that have one, all in their order. */
  readonly key?: string;
}

/** A whole file. */
export type ConfigFile = Pick<ConfigNode, 'isUnordered'> & { readonly children: readonly ConfigNode[] };

/** A readable text with the line of the source of each of its lines. */
export interface Normalised {
  readonly lines: readonly string[];
  readonly sources: readonly number[];
}

/** Deeper files are no longer read by structure. */
export const MOST_DEPTH = 200;

/** Why a text is not what it was taken for. */
export class NotParsed extends Error {
  override readonly name = 'NotParsed';

  constructor(
    message: string,
    /** From 1. */
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** In the order of the source, or with everything sorted whose order means nothing. */
export function printed(file: ConfigFile, isSorted: boolean): Normalised {
  const lines: string[] = [];
  const sources: number[] = [];
  const push = (line: string, source: number): void => {
    lines.push(line);
    sources.push(source);
  };
  const add = ({ children = [], isUnordered = false }: Partial<ConfigFile>, indent: string): void => {
    for (const node of isSorted && isUnordered ? sorted(children) : children) {
      if (node.text !== '') push(indent + node.text, node.line);
      add(node, node.text === '' ? indent : `${indent}  `);
      if (node.close !== undefined) push(indent + node.close, node.line);
    }
  };
  add(file, '');
  return { lines, sources };
}

function sorted(nodes: readonly ConfigNode[]): readonly ConfigNode[] {
  return [...nodes].sort(({ key: left = '' }, { key: right = '' }) => (left < right ? -1 : left > right ? 1 : 0));
}
