import * as l10n from '@vscode/l10n';
import { createInterface } from 'node:readline';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { FileFailure, Machine } from '../../../../machine/machine';
import type { TreeEntry, TreeListing } from './entry';
import { MANIFEST_FORMAT, manifestHead, manifestLine, type ManifestHead, type ManifestLine } from './manifestFormat';

const HEAD_BYTES = 65_536;

/** The first line, or null where the file is no manifest. Throws ExpectedError. */
export async function readManifestHead(
  machine: Machine,
  path: string,
  signal: AbortSignal,
): Promise<ManifestHead | null> {
  const stream = await machine.files.stream(path, { signal });
  let text = '';
  for await (const chunk of stream) {
    text += (chunk as Buffer).toString('utf8');
    if (text.includes('\n') || text.length > HEAD_BYTES) break;
  }
  stream.destroy();
  const line = text.slice(0, text.indexOf('\n'));
  if (!line.includes(MANIFEST_FORMAT)) return null;
  const head = manifestHead.safeParse(parsed(line));
  return head.success ? head.data : null;
}

/** The folders of a manifest, as walk has them. Throws ExpectedError('malformed'). */
export async function* manifestListings(
  machine: Machine,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<TreeListing, void, undefined> {
  const stream = await machine.files.stream(path, { signal });
  // Thrown below; an error that comes when nobody reads any more is nobody's.
  stream.on('error', () => undefined);
  const folders = new ManifestFolders();
  let number = 0;
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      number += 1;
      if (number === 1 || text === '') continue;
      const line = manifestLine.safeParse(parsed(text));
      if (!line.success) throw malformed(machine, path, number);
      yield* folders.add(line.data);
    }
    if (stream.errored !== null) throw stream.errored;
  } finally {
    stream.destroy();
  }
  yield* folders.finish();
}

/** Puts the lines of one folder together. */
class ManifestFolders {
  private folder = '';
  private entries: TreeEntry[] = [];
  private readonly listed = new Set<string>();
  private readonly expected = new Map<string, FileFailure | null>([['', null]]);

  *add(line: ManifestLine): Generator<TreeListing> {
    const slash = line.path.lastIndexOf('/');
    const folder = slash === -1 ? '' : line.path.slice(0, slash);
    if (folder !== this.folder) yield* this.end();
    this.folder = folder;
    const name = line.path.slice(slash + 1);
    const failure = failureOf(line);
    if (line.kind === 'directory') {
      if (failure !== null || !this.expected.has(line.path)) this.expected.set(line.path, failure);
      // That it is there is told where its folder was listed.
      if (failure !== null) return;
    }
    this.entries.push(entryOf(name, line));
  }

  /** Also the folders with nothing in them. */
  *finish(): Generator<TreeListing> {
    yield* this.end();
    for (const [path, failure] of this.expected) if (!this.listed.has(path)) yield { path, entries: [], failure };
  }

  private *end(): Generator<TreeListing> {
    if (this.entries.length === 0) return;
    this.listed.add(this.folder);
    yield { path: this.folder, entries: this.entries, failure: null };
    this.entries = [];
  }
}

function entryOf(name: string, line: ManifestLine): TreeEntry {
  const { kind, size = 0, mode, mtimeMs = null, uid = null, gid = null, sha256, link } = line;
  const isKnown = mode !== undefined || line.size !== undefined;
  return {
    name,
    kind,
    stat: isKnown
      ? { sizeBytes: size, mode: mode === undefined ? null : parseInt(mode, 8), modifiedMs: mtimeMs, uid, gid }
      : null,
    linkTarget: link ?? null,
    failure: kind === 'directory' ? null : failureOf(line),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function failureOf({ error }: ManifestLine): FileFailure | null {
  return error === undefined ? null : { kind: 'failure', code: 'failed', message: error };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function malformed(machine: Machine, path: string, line: number): ExpectedError {
  const text = l10n.t(
    'Line {0} of the manifest {1} on {2} cannot be understood. Make the manifest anew.',
    line,
    shownPath(path),
    machine.name,
  );
  return new ExpectedError('malformed', text);
}
