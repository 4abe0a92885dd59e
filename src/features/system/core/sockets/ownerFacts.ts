import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import { programName } from '../kernel/processArguments';
import { parseProcessCgroup } from '../kernel/processCgroup';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseProcessStatus } from '../kernel/processStatus';
import type { UserNames } from '../processes/userNames';
import type { ProcessFacts } from './owners';

export interface FactsScale {
  readonly bootTimeMs: number | null;
  readonly ticksPerSecond: number;
}

/** What costs more to find out, and stays as long as the process runs the same program. */
interface Details {
  readonly startTicks: number;
  readonly nameBytes: string;
  readonly name: string;
  readonly uid: number | null;
  readonly container: string | null;
}

const DETAIL_FILES = ['status', 'cmdline', 'cgroup'];

/** What is known of the processes that have sockets. Details are read once of each. */
export class OwnerFacts {
  private details: ReadonlyMap<number, Details> = new Map();

  constructor(
    private readonly machine: Machine,
    private readonly users: UserNames,
  ) {}

  /**
   * `texts`: the answer to HOLDER_ITEMS. With `detailed` one round trip more for processes that are new; without it,
   * users and containers are only known of those that were met before. A process that has ended meanwhile is not in it.
   */
  async read(
    pids: Iterable<number>,
    texts: FileTexts,
    scale: FactsScale,
    detailed: boolean,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, ProcessFacts>> {
    const stats = statsOf(pids, texts);
    if (detailed) await this.learn(stats, signal);
    for (const { uid } of this.details.values()) if (uid !== null) this.users.nameOf(uid);
    await this.users.resolve(signal);
    return new Map([...stats].map(([pid, stat]) => [pid, this.factsOf(stat, scale)]));
  }

  private async learn(stats: ReadonlyMap<number, ProcessStat>, signal: AbortSignal): Promise<void> {
    const unknown = [...stats.values()].filter((stat) => this.known(stat) === undefined);
    const items = unknown.flatMap(({ pid }) => DETAIL_FILES.map((file) => `/proc/${pid}/${file}`));
    const texts = await this.many(items, signal);
    const kept = new Map<number, Details>();
    for (const stat of stats.values()) kept.set(stat.pid, this.known(stat) ?? detailsOf(stat, texts));
    this.details = kept;
    texts.release?.();
  }

  /** undefined also of a process that has a pid of before, or now runs another program. */
  private known({ pid, startTicks, nameBytes }: ProcessStat): Details | undefined {
    const details = this.details.get(pid);
    return details?.startTicks === startTicks && details.nameBytes === nameBytes ? details : undefined;
  }

  private factsOf(stat: ProcessStat, { bootTimeMs, ticksPerSecond }: FactsScale): ProcessFacts {
    const details = this.known(stat);
    const uid = details?.uid ?? null;
    return {
      pid: stat.pid,
      startTicks: stat.startTicks,
      name: details?.name ?? stat.name,
      user: uid === null ? null : this.users.nameOf(uid),
      startedAtMs: bootTimeMs === null ? null : Math.round(bootTimeMs + (stat.startTicks * 1000) / ticksPerSecond),
      container: details?.container ?? null,
    };
  }

  private async many(items: readonly ReadItem[], signal: AbortSignal): Promise<FileTexts> {
    return items.length === 0 ? new Map() : this.machine.files.readMany(items, { signal, encoding: 'bytes' });
  }
}

function statsOf(pids: Iterable<number>, texts: FileTexts): ReadonlyMap<number, ProcessStat> {
  const stats = new Map<number, ProcessStat>();
  for (const pid of pids) {
    const content = texts.get(`/proc/${pid}/stat`);
    const stat = typeof content === 'string' ? parseProcessStat(content) : null;
    if (stat !== null) stats.set(pid, stat);
  }
  return stats;
}

function detailsOf({ pid, startTicks, nameBytes }: ProcessStat, texts: FileTexts): Details {
  const text = (file: string): string => {
    const content = texts.get(`/proc/${pid}/${file}`);
    return typeof content === 'string' ? content : '';
  };
  return {
    startTicks,
    nameBytes,
    name: programName(nameBytes, text('cmdline')),
    uid: parseProcessStatus(text('status')).uids?.real ?? null,
    container: parseProcessCgroup(text('cgroup')).container,
  };
}
