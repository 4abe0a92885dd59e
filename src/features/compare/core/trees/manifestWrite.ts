import { createHash, randomBytes, type Hash } from 'node:crypto';
import * as nodePath from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { LiveWork } from '../../../../lib/liveResults';
import type { HashOutcome, Machine } from '../../../../machine/machine';
import { hashAll } from './content';
import { joined } from '../../../../machine/treePaths';
import type { TreeEntry, TreeListing } from './entry';
import { ignoredNames } from './inputs';
import { MANIFEST_FORMAT, type ManifestHead, type ManifestLine } from './manifestFormat';
import { MOST_FAILURES, type ManifestInput, type ManifestResult } from './manifestInputs';
import type { TreeSide } from './side';
import { Wanted } from './wanted';

/** As many as are hashed in a few round trips. */
const FILES_AT_ONCE = 4_096;

/** A tree, written down: see manifestFormat.ts. The file has its name only when it is whole. */
export class ManifestWriting implements LiveWork<ManifestResult> {
  private readonly startedAt = performance.now();
  private readonly takenAtMs = Date.now();
  private state: ManifestResult['state'] = 'reading';
  private readonly count = { files: 0, folders: 0, others: 0, bytes: 0 };
  private readonly failures: ManifestResult['failures'] = [];
  private failureCount = 0;
  private sizeBytes = 0;
  private sha256: string | null = null;
  private elapsedMs: number | null = null;
  private readonly hash: Hash = createHash('sha256');

  /** `output` is an absolute path of `local`. */
  constructor(
    private readonly input: ManifestInput,
    private readonly side: TreeSide,
    private readonly local: Machine,
    private readonly output: string,
  ) {}

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    await refuseExisting(this.local, this.output, signal);
    const part = `${this.output}.${randomBytes(6).toString('hex')}.part`;
    try {
      const stream = await this.local.files.writeStream(part, { signal, truncate: true });
      await this.write(stream, signal, changed);
      await this.local.files.rename(part, this.output, { signal });
    } catch (error) {
      await this.local.files.remove(part, new AbortController().signal).catch(() => undefined);
      throw error;
    }
    this.sha256 = this.hash.digest('hex');
    this.state = 'done';
    this.elapsedMs = Math.round(performance.now() - this.startedAt);
    changed();
  }

  result(): ManifestResult {
    const { told } = this.side;
    return {
      state: this.state,
      machine: told.machine,
      folder: told.path,
      output: this.output,
      ...this.count,
      sha256: this.sha256,
      sizeBytes: this.sizeBytes,
      listedBy: told.listedBy,
      readBy: told.readBy,
      movedBytes: told.movedBytes,
      failures: [...this.failures],
      failureCount: this.failureCount,
      takenAtMs: this.takenAtMs,
      elapsedMs: this.elapsedMs ?? Math.round(performance.now() - this.startedAt),
    };
  }

  private async write(stream: Writable, signal: AbortSignal, changed: () => void): Promise<void> {
    const ended = finished(stream);
    ended.catch(() => undefined);
    const { ignore, exclude, oneFileSystem } = this.input;
    const wanted = new Wanted({ ignore, exclude, include: '', gitignore: false }, [this.side], signal);
    const ignored = ignoredNames(ignore);
    const { machine, path } = this.side.told;
    const head: ManifestHead = {
      format: MANIFEST_FORMAT,
      machine,
      path,
      takenAtMs: this.takenAtMs,
      ignored: [...ignored],
    };
    await this.put(stream, `${JSON.stringify(head)}\n`);
    let waiting: TreeListing[] = [];
    let files = 0;
    for await (const listings of this.side.listings({ signal, skipNames: ignored, oneFileSystem })) {
      for (const listing of listings) {
        if (!(await wanted.folder(listing.path))) continue;
        const entries = listing.entries.filter(({ name, kind }) => wanted.has(listing.path, name, kind));
        waiting.push({ ...listing, entries });
        files += entries.length;
      }
      if (files >= FILES_AT_ONCE) {
        await this.put(stream, await this.linesOf(waiting, signal, changed));
        [waiting, files] = [[], 0];
      }
      changed();
    }
    await this.put(stream, await this.linesOf(waiting, signal, changed));
    stream.end();
    await ended;
  }

  private async put(stream: Writable, text: string): Promise<void> {
    if (text === '') return;
    const bytes = Buffer.from(text);
    this.hash.update(bytes);
    this.sizeBytes += bytes.length;
    await new Promise<void>((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));
  }

  private async linesOf(listings: readonly TreeListing[], signal: AbortSignal, changed: () => void): Promise<string> {
    const files = listings.flatMap(({ path, entries }) =>
      entries
        .filter(({ kind, failure }) => kind === 'file' && failure === null)
        .map((entry) => ({ path: joined(path, entry.name), entry })),
    );
    const sizeBytes = listings.reduce(
      (sum, { entries }) => sum + entries.reduce((all, one) => all + sizeOf(one), 0),
      0,
    );
    const hashes = await hashAll(this.side, files, { signal, pendingBytes: () => sizeBytes }, changed);
    const lines: string[] = [];
    for (const { path, entries, failure } of listings) {
      if (failure !== null) {
        this.fail(path, failure.message);
        if (path !== '')
          lines.push(JSON.stringify({ path, kind: 'directory', error: failure.message } satisfies ManifestLine));
      }
      for (const entry of entries) {
        const below = joined(path, entry.name);
        lines.push(JSON.stringify(this.lineOf(below, entry, hashes.get(below))));
      }
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  private lineOf(path: string, entry: TreeEntry, outcome: HashOutcome | undefined): ManifestLine {
    const { kind, stat, linkTarget } = entry;
    if (kind === 'file') this.count.files += 1;
    else if (kind === 'directory') this.count.folders += 1;
    else this.count.others += 1;
    this.count.bytes += sizeOf(entry);
    const failure = entry.failure ?? (outcome?.kind === 'failure' ? outcome : null);
    if (failure !== null) this.fail(path, failure.message);
    return {
      path,
      kind,
      ...(stat === null
        ? {}
        : {
            ...(kind === 'file' ? { size: stat.sizeBytes } : {}),
            ...(stat.mode === null ? {} : { mode: stat.mode.toString(8).padStart(4, '0') }),
            ...(stat.modifiedMs === null ? {} : { mtimeMs: stat.modifiedMs }),
            ...(stat.uid === null ? {} : { uid: stat.uid }),
            ...(stat.gid === null ? {} : { gid: stat.gid }),
          }),
      ...(outcome?.kind === 'hash' ? { sha256: outcome.sha256 } : {}),
      ...(linkTarget === null ? {} : { link: linkTarget }),
      ...(failure === null ? {} : { error: failure.message }),
    };
  }

  private fail(path: string, reason: string): void {
    this.failureCount += 1;
    if (this.failures.length < MOST_FAILURES) this.failures.push({ path, reason });
  }
}

function sizeOf({ kind, stat }: TreeEntry): number {
  return kind === 'file' ? (stat?.sizeBytes ?? 0) : 0;
}

/** Relative paths start where the program runs. */
export function outputPath(text: string): string {
  return nodePath.resolve(text);
}

async function refuseExisting(local: Machine, path: string, signal: AbortSignal): Promise<void> {
  try {
    await local.files.stat(path, signal);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return;
    throw error;
  }
  const text = l10n.t(
    '{0} is there already. Give the manifest another name, or remove that file first.',
    shownPath(path),
  );
  throw new ExpectedError('exists', text);
}
