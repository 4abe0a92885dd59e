import { createHash } from 'node:crypto';
import { failureFrom } from '../../../fileErrors';
import { lotsInFlight, type Source } from '../../../inFlight';
import type {
  CompareBatch,
  ContentOptions,
  Difference,
  HashBatch,
  HashOutcome,
  MachineFiles,
  PathPair,
  PathVerbs,
  WalkBatch,
  WalkOptions,
} from '../../../machine';
import { below } from '../../../treePaths';
import type { SftpSession } from '../../sftp/session';
import { walkBySftp } from '../../sftp/walking';
import type { HostConnection } from '../connection';
import { walkByFind } from './findWalk';
import { hashByProgram } from './hashing';
import { walkByStat } from './statWalk';
import { treeTools, type TreeTools } from './tools';

export type TreeVerbs = Pick<MachineFiles, 'walk' | 'hashMany' | 'compareMany'>;

export interface TreeParts {
  readonly host: HostConnection;
  readonly name: string;
  /** Throws where there is no SFTP. */
  readonly sftp: (signal: AbortSignal) => Promise<SftpSession>;
  readonly files: Pick<PathVerbs, 'stream'>;
  /** What the host is said to have, for tests of what others have not. */
  readonly tools?: Partial<TreeTools>;
}

/** Files whose content comes over, at a time. */
const READ_AT_ONCE = 8;

/** Trees over there, by what the host has; else by SFTP. */
export function hostTrees(parts: TreeParts): TreeVerbs {
  const probed = treeTools(parts.host);
  const tools = async (signal: AbortSignal): Promise<TreeTools> => ({ ...(await probed(signal)), ...parts.tools });
  const hash = (root: string, paths: Source<string>, options: ContentOptions): AsyncGenerator<HashBatch> =>
    hashTree(parts, tools, root, paths, options);
  return {
    walk: (root, options) => walkTree(parts, tools, root, options),
    hashMany: hash,
    compareMany: (roots, paths, options) => compareByHash(hash, roots, paths, options),
  };
}

type GetTools = (signal: AbortSignal) => Promise<TreeTools>;

async function* walkTree(
  { host, name, sftp }: TreeParts,
  tools: GetTools,
  root: string,
  options: WalkOptions,
): AsyncGenerator<WalkBatch, void, undefined> {
  const { find } = await tools(options.signal);
  const task = { action: 'list', path: root, machine: name } as const;
  if (find === 'printf') yield* walkByFind(host, task, options);
  else if (find !== null) yield* walkByStat(host, task, options, find);
  else yield* walkBySftp(await sftp(options.signal), root, options);
}

async function* hashTree(
  { host, name, files }: TreeParts,
  tools: GetTools,
  root: string,
  paths: Source<string>,
  options: ContentOptions,
): AsyncGenerator<HashBatch, void, undefined> {
  const { hash } = await tools(options.signal);
  const task = { action: 'read', path: root, machine: name } as const;
  if (hash !== null) yield* hashByProgram(host, task, hash, paths, options);
  else yield* hashByReading(files, root, paths, options);
}

async function* hashByReading(
  files: TreeParts['files'],
  root: string,
  paths: Source<string>,
  { signal, onRead }: ContentOptions,
): AsyncGenerator<HashBatch, void, undefined> {
  const hashOne = async (path: string): Promise<readonly [HashOutcome, number]> => {
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of await files.stream(path, { signal })) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
        onRead?.((chunk as Buffer).length);
      }
      return [{ kind: 'hash', sha256: hash.digest('hex') }, bytes];
    } catch (error) {
      return [failureFrom(error), bytes];
    }
  };
  const begin = ([path = '']: readonly string[]): ReturnType<typeof hashOne> => hashOne(below(root, path));
  for await (const { lot, outcome } of lotsInFlight(paths, { width: READ_AT_ONCE, size: 1, begin })) {
    yield { way: 'read', movedBytes: outcome[1], hashes: [{ path: lot[0] ?? '', outcome: outcome[0] }] };
  }
}

/** Both are hashed over there, so that nothing but hashes comes over. */
async function* compareByHash(
  hash: (root: string, paths: readonly string[], options: ContentOptions) => AsyncGenerator<HashBatch>,
  roots: PathPair,
  paths: readonly (string | PathPair)[],
  options: ContentOptions,
): AsyncGenerator<CompareBatch, void, undefined> {
  const pairs = paths.map((path) => (typeof path === 'string' ? { left: path, right: path } : path));
  const [left, right] = await Promise.all([
    allHashes(hash(roots.left, [...new Set(pairs.map((pair) => pair.left))], options)),
    allHashes(hash(roots.right, [...new Set(pairs.map((pair) => pair.right))], options)),
  ]);
  const others = pairs.flatMap((pair, index) => {
    const outcome = differenceOf(left.outcomes.get(pair.left), right.outcomes.get(pair.right));
    return outcome === null ? [] : [{ index, outcome }];
  });
  const movedBytes = left.movedBytes + right.movedBytes;
  yield { way: left.way, movedBytes, same: pairs.length - others.length, others };
}

interface AllHashes {
  way: HashBatch['way'];
  movedBytes: number;
  readonly outcomes: Map<string, HashOutcome>;
}

async function allHashes(batches: AsyncGenerator<HashBatch>): Promise<AllHashes> {
  const all: AllHashes = { way: 'program', movedBytes: 0, outcomes: new Map() };
  for await (const { way, movedBytes, hashes } of batches) {
    all.way = way;
    all.movedBytes += movedBytes;
    for (const { path, outcome } of hashes) all.outcomes.set(path, outcome);
  }
  return all;
}

function differenceOf(left: HashOutcome | undefined, right: HashOutcome | undefined): Difference | null {
  if (left === undefined || right === undefined) throw new Error('a hash is missing');
  if (left.kind === 'failure') return { kind: 'unreadable', side: 'left', failure: left };
  if (right.kind === 'failure') return { kind: 'unreadable', side: 'right', failure: right };
  return left.sha256 === right.sha256 ? null : { kind: 'differs', offset: null };
}
