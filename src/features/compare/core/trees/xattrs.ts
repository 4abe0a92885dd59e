import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { joined } from '../../../../machine/treePaths';
import { ByteReader } from '../archives/byteReader';
import type { TreeListing } from './entry';
import type { TreeSide } from './side';

/** Longer values are told by their SHA-256. */
const LONGEST_VALUE = 64;
const PROGRAM = 'getfattr';

/** The same side, of which each entry also tells its extended attributes (xattr(7)), where they can be read. */
export function withXattrs(side: TreeSide): TreeSide {
  const { machine, root, told } = side;
  if (told.source !== 'folder') {
    told.xattrs = l10n.t('extended attributes are not compared: only folders have them');
    return side;
  }
  return {
    ...side,
    async *listings(options) {
      const xattrs = await readXattrs(machine, root, options.signal);
      if (typeof xattrs === 'string') told.xattrs = xattrs;
      for await (const listings of side.listings(options)) {
        yield typeof xattrs === 'string' ? listings : listings.map((listing) => withThem(listing, xattrs));
      }
    },
  };
}

function withThem(listing: TreeListing, xattrs: ReadonlyMap<string, string>): TreeListing {
  const entries = listing.entries.map((entry) => ({
    ...entry,
    xattrs: xattrs.get(joined(listing.path, entry.name)) ?? '',
  }));
  return { ...listing, entries };
}

/** Path below the root → lines 'NAME=VALUE' of what has some, of all namespaces that may be read. Text: why not. */
async function readXattrs(
  machine: Machine,
  root: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | string> {
  // Neither goes through links, and control characters and backslashes are told as octal numbers.
  const words = [PROGRAM, '-R', '-P', '-h', '-d', '-m', '-', '-e', 'hex', '--absolute-names', '--', root];
  try {
    const command = await machine.start(words, { signal, env: { LC_ALL: 'C' } });
    command.stdin.end();
    command.stderr.resume();
    const found = await readDump(new ByteReader(command.stdout), root);
    // What could not be read is told by the comparison itself.
    await command.ended;
    return found;
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'not-found') throw error;
    return l10n.t('extended attributes are not compared: {0} is not installed there', PROGRAM);
  }
}

async function readDump(reader: ByteReader, root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  // On many systems thousands of files have the same: one text for all of them.
  const texts = new Map<string, string>();
  let path: string | null = null;
  let lines: string[] = [];
  for (let line = await reader.until(10); line !== null; line = await reader.until(10)) {
    const text = line.toString('latin1');
    if (text.startsWith('# file: ')) path = pathBelow(root, text.slice('# file: '.length));
    else if (text !== '') lines.push(shortened(text));
    else {
      const whole = lines.sort().join('\n');
      if (!texts.has(whole)) texts.set(whole, whole);
      if (path !== null) found.set(path, texts.get(whole) ?? whole);
      [path, lines] = [null, []];
    }
  }
  return found;
}

function pathBelow(root: string, told: string): string | null {
  const bytes = told.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(parseInt(digits, 8)));
  const path = decodePath(Buffer.from(bytes, 'latin1'));
  if (path === root) return '';
  const start = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(start) ? path.slice(start.length) : null;
}

function shortened(line: string): string {
  const equals = line.indexOf('=');
  const value = line.slice(equals + 1);
  if (equals === -1 || value.length <= LONGEST_VALUE) return line;
  return `${line.slice(0, equals)}=sha256:${createHash('sha256').update(value).digest('hex')}`;
}

/** Names of attributes that only one of them has, or that have other values. */
export function differingXattrs(left: string, right: string): readonly string[] {
  const [ours, theirs] = [left, right].map((text) => new Set(text.split('\n').filter((line) => line !== '')));
  const differing = [
    ...[...(ours ?? [])].filter((line) => !theirs?.has(line)),
    ...[...(theirs ?? [])].filter((line) => !ours?.has(line)),
  ];
  return [...new Set(differing.map((line) => line.replace(/=.*$/s, '')))].sort();
}
