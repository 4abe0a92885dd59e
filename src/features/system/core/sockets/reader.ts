import { runWithDeadline } from '../../../../lib/deadline';
import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { USUAL_UNITS } from '../kernel/clockTicks';
import { lateError } from '../processes/failures';
import { UserNames } from '../processes/userNames';
import { otherNamespaces, type Place } from './namespaces';
import { OwnerFacts } from './ownerFacts';
import { HOLDER_ITEMS, holdersOf, type Holders } from './owners';
import { fits, isSelective, tablesOf, type SocketQuery, type SocketTable } from './query';
import { rawSockets, type RawSocket } from './rawSocket';
import { isKernels, isPartial, type Reading } from './result';
import { SsReader, type SsTraffic } from './ss';
import {
  HOST_FILES,
  hostFactsOf,
  interfaceNames,
  namespaceOf,
  OWN_NAMESPACE,
  PASSWD_FILE,
  problemsOf,
  requireTables,
  textOf,
  unseen,
  type HostFacts,
} from './texts';

const DEADLINE_MS = 30_000;
/** A table of 400,000 connections. */
const MAX_BYTES = 64 * 1_048_576;
const EACH_NAMESPACE: ReadItem = { path: '/proc/[0-9]*/ns/net', what: 'link' };
const EACH_INTERFACE = '/sys/class/net/*/ifindex';

/** The sockets of a machine with their owners in one round trip, with more of those that are new in a second. */
export class SocketReader {
  readonly ss: SsReader;
  private readonly users: UserNames;
  private readonly facts: OwnerFacts;
  private readonly tables: readonly SocketTable[];
  private host: HostFacts | undefined;
  /** Inodes that had no owner in the last reading: sockets of the kernel, or of processes that cannot be seen. */
  private ownerless: ReadonlySet<number> = new Set();

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    private readonly query: SocketQuery,
  ) {
    this.ss = new SsReader(machine);
    this.users = new UserNames(machine);
    this.facts = new OwnerFacts(machine, this.users);
    this.tables = tablesOf(query.kind);
  }

  /** Whether there is something that ss knows rates of. */
  get hasTraffic(): boolean {
    return this.tables.some((table) => table.kind === 'inet' && table.protocol === 'tcp');
  }

  /** What ss tells of TCP; null where it tells nothing. */
  async traffic(signal: AbortSignal): Promise<SsTraffic | null> {
    return this.hasTraffic ? this.ss.tcp(() => this.clock.monotonicMs(), signal) : null;
  }

  /**
   * `detailed`: also names as called, users and containers of the owners of more than a choice of sockets, and the other ends of unix sockets, which takes longer. Without it,
   * and without a port, a socket that is made in this moment may seem to have no owner.
   * Throws an ExpectedError when the machine has no /proc or does not answer, and a CancelledError.
   */
  async read(signal: AbortSignal, detailed: boolean): Promise<Reading> {
    const late = (): Error => lateError(this.machine, DEADLINE_MS);
    return runWithDeadline(signal, DEADLINE_MS, (limited) => this.readInTime(limited, detailed), late);
  }

  private async readInTime(signal: AbortSignal, detailed: boolean): Promise<Reading> {
    const { pid, port } = this.query;
    const folder = pid === null ? '/proc/net' : `/proc/${pid}/net`;
    const texts = await this.many(this.items(folder), signal);
    const takenAtMs = this.clock.nowMs();
    requireTables(texts, folder, this.tables, this.machine, pid);
    const host = (this.host ??= this.learn(texts));
    const early = holdersOf(texts);
    const places = this.query.namespaces && pid === null ? otherNamespaces(texts, OWN_NAMESPACE) : [];
    const namespace = namespaceOf(texts, pid);
    const found = this.socketsOf(texts, folder, namespace);
    const others = places.length === 0 ? [] : await this.socketsOfPlaces(places, signal);
    const fitting = [...found, ...others].filter((raw) => fits(raw, this.query));
    const sure = detailed || port !== null;
    const latest = sure ? await this.withNewOwners(fitting, early, texts, signal) : { holders: early, texts };
    const { holders } = latest;
    const raws = fitting.filter((raw) => this.belongs(raw, holders));
    const paths = new Map(
      found.flatMap(({ protocol, inode, path }) => (protocol === 'unix' ? [[inode ?? 0, path]] : [])),
    );
    const unix = detailed && paths.size > 0 && namespace === null ? await this.ss.unix(paths, signal) : null;
    const pids = pidsOf(raws, unix, holders);
    const shownPlaces = port === null ? places : places.filter(({ id }) => raws.some((raw) => raw.namespace === id));
    for (const place of shownPlaces) pids.add(place.pid);
    for (const raw of raws) if (raw.uid !== null) this.users.nameOf(raw.uid);
    const facts = await this.facts.read(pids, latest.texts, host, detailed || isSelective(this.query), signal);
    const problems = [...unseen(pid, holders), ...problemsOf(texts, folder, this.tables)];
    for (const answer of new Set([texts, latest.texts])) answer.release?.();
    return {
      machine: this.machine.name,
      takenAtMs,
      query: this.query,
      raws,
      holders,
      facts,
      userName: (uid) => this.users.nameOf(uid),
      namespaces: shownPlaces.map((place) => {
        const process = facts.get(place.pid);
        return { ...place, name: process?.name ?? '', container: process?.container ?? null, sockets: 0 };
      }),
      problems,
      unix,
      paths,
    };
  }

  private items(folder: string): readonly ReadItem[] {
    const { pid, namespaces } = this.query;
    return [
      ...this.tables.map((table) => `${folder}/${table.file}`),
      ...HOLDER_ITEMS,
      { path: OWN_NAMESPACE, what: 'link' },
      ...(namespaces && pid === null ? [EACH_NAMESPACE] : []),
      ...(pid === null ? [] : [`/proc/${pid}/stat`, { path: `/proc/${pid}/ns/net`, what: 'link' } as const]),
      ...(this.tables.some((table) => table.kind === 'packet') ? [EACH_INTERFACE] : []),
      ...(this.host === undefined ? HOST_FILES : []),
    ];
  }

  /**
   * Tables and descriptors are read at the same time: a socket that was made meanwhile may seem to have no owner. Only
   * where one has come that has none, descriptors are read again. Where some are denied, it is called denied until then.
   */
  private async withNewOwners(
    raws: readonly RawSocket[],
    holders: Holders,
    texts: FileTexts,
    signal: AbortSignal,
  ): Promise<{ readonly holders: Holders; readonly texts: FileTexts }> {
    const complete = { holders, texts };
    if (isPartial(holders)) return complete;
    const before = this.ownerless;
    this.ownerless = new Set(raws.filter((raw) => isOwnerless(raw, holders)).map(({ inode }) => inode ?? 0));
    if ([...this.ownerless].every((inode) => before.has(inode))) return complete;
    const again = await this.many(HOLDER_ITEMS, signal);
    return { holders: holdersOf(again), texts: again };
  }

  private many(items: readonly ReadItem[], signal: AbortSignal): Promise<FileTexts> {
    return this.machine.files.readMany(items, { signal, encoding: 'bytes', maxBytes: MAX_BYTES });
  }

  private learn(texts: FileTexts): HostFacts {
    this.users.take(textOf(texts, PASSWD_FILE));
    return hostFactsOf(texts);
  }

  private socketsOf(texts: FileTexts, folder: string, namespace: string | null): readonly RawSocket[] {
    const { bigEndian = false, ticksPerSecond = USUAL_UNITS.ticksPerSecond } = this.host ?? {};
    const sockets = rawSockets(texts, folder, this.tables, { bigEndian, ticksPerSecond, namespace });
    const names = interfaceNames(texts);
    if (names.size === 0) return sockets;
    return sockets.map((raw) =>
      raw.protocol === 'packet' ? { ...raw, interface: names.get(raw.interface ?? '') ?? raw.interface } : raw,
    );
  }

  private async socketsOfPlaces(places: readonly Place[], signal: AbortSignal): Promise<readonly RawSocket[]> {
    const items = places.flatMap(({ pid }) => this.tables.map((table) => `/proc/${pid}/net/${table.file}`));
    const texts = await this.many(items, signal);
    return places.flatMap(({ id, pid }) => this.socketsOf(texts, `/proc/${pid}/net`, id));
  }

  private belongs({ inode }: RawSocket, { byInode }: Holders): boolean {
    const { pid } = this.query;
    return pid === null || (byInode.get(inode ?? 0)?.some((holder) => holder.pid === pid) ?? false);
  }
}

function isOwnerless(raw: RawSocket, { byInode }: Holders): boolean {
  const inode = raw.inode ?? 0;
  return inode !== 0 && !isKernels(raw) && !byInode.has(inode);
}

/** Of all processes that are to be told of. */
function pidsOf(raws: readonly RawSocket[], unix: Reading['unix'], { byInode }: Holders): Set<number> {
  const peers = [...(unix?.values() ?? [])].map(({ peerInode }) => peerInode);
  const inodes = [...raws.map(({ inode }) => inode), ...peers];
  return new Set(inodes.flatMap((inode) => byInode.get(inode ?? 0) ?? []).map((holder) => holder.pid));
}
