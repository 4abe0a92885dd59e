import type { FileFailure, Usage } from '../../../../machine/machine';
import type { BlockFactsByName } from '../kernel/blockDevices';
import type { CgroupFigures } from '../kernel/cgroup';
import type { ProcessorInfo } from '../kernel/cpuinfo';
import type { DiskCounters } from '../kernel/diskstats';
import type { Fan, Temperature } from '../kernel/hwmon';
import type { InterfaceFacts } from '../kernel/interfaces';
import type { LoadAverage } from '../kernel/loadavg';
import type { MemoryFigures } from '../kernel/meminfo';
import type { Mount } from '../kernel/mountinfo';
import type { InterfaceCounters } from '../kernel/netdev';
import type { Battery } from '../kernel/powerSupply';
import type { Pressure, PressureResource } from '../kernel/pressure';
import type { Problem } from './schema/overview';
import type { StatCounters } from '../kernel/stat';
import type { LoggedIn } from '../kernel/utmp';
import type { PagingCounters } from '../kernel/vmstat';

/** All that one look at a machine tells, before anything is compared with an earlier look. */
export interface Reading {
  readonly backEnd: 'proc' | 'systeminformation';
  /** Milliseconds since 1970 UTC, by the clock of the machine that asks. */
  readonly takenAtMs: number;
  /** Milliseconds by a clock of the machine that asks which never steps. */
  readonly monotonicMs: number;
  readonly counters: Counters;
  readonly surroundings: Surroundings;
  readonly host: HostFacts;
  readonly fileSystems: readonly MountedFileSystem[];
  readonly users: UsersReading;
  readonly problems: readonly Problem[];
}

/** Goes on all the time. null where it could not be read. */
export interface Counters {
  readonly uptimeSeconds: number | null;
  readonly stat: StatCounters | null;
  readonly memory: MemoryFigures | null;
  readonly load: LoadAverage | null;
  readonly paging: PagingCounters | null;
  readonly disks: readonly DiskCounters[] | null;
  readonly interfaces: readonly InterfaceCounters[] | null;
  readonly pressure: Readonly<Record<PressureResource, Pressure | null>> | null;
  readonly cgroup: CgroupFigures | null;
}

/** Changes slowly. */
export interface Surroundings {
  readonly temperatures: readonly Temperature[];
  readonly fans: readonly Fan[];
  readonly batteries: readonly Battery[];
  readonly mainsOnline: boolean | null;
  /** Hertz by number of the processor. */
  readonly frequencies: ReadonlyMap<number, number>;
  readonly interfaceFacts: ReadonlyMap<string, InterfaceFacts>;
}

/** As good as never changes. */
export interface HostFacts {
  readonly name: string | null;
  readonly kernel: string | null;
  readonly os: string | null;
  readonly architecture: string | null;
  readonly processor: ProcessorInfo | null;
  readonly offlineCpus: readonly number[];
  /** Processors that may be used; null when that is not known. */
  readonly allowedCpus: number | null;
  readonly minFreeKibibytes: number | null;
  readonly blockFacts: BlockFactsByName;
}

export interface MountedFileSystem {
  readonly mount: Mount;
  /** undefined: not asked yet. */
  readonly usage: Usage | FileFailure | undefined;
}

export interface UsersReading {
  /** null: not asked yet, or not known. */
  readonly list: readonly LoggedIn[] | null;
  readonly unavailable: string | null;
}
