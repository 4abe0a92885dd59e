import type { FileTexts } from '../../../../machine/machine';
import type { IoPriority } from '../control/ioPriority';
import type { Identity } from '../identity';
import type { KernelUnits } from '../kernel/clockTicks';
import type { Mount } from '../kernel/mountinfo';
import type { ProcessStat } from '../kernel/processStat';
import type { TerminalDriver } from '../kernel/terminal';
import type { Fields } from './fields';
import type { Peer } from './schema/files';
import type { MemoryMaps } from './schema/maps';
import type { Gap } from './schema/process';

/** One look at a process, before it is compared with an earlier one. */
export interface ProcessReading {
  /** Milliseconds since 1970 UTC. */
  readonly takenAtMs: number;
  /** By a clock that never steps. */
  readonly monotonicMs: number;
  readonly identity: Identity;
  readonly stat: ProcessStat;
  readonly status: Fields;
  /** What goes on all the time: the process's own files, and the stat of all processes. */
  readonly texts: FileTexts;
  /** Of the descriptors, sockets, locks and relatives that `texts` tells of. */
  readonly details: FileTexts;
  /** Mount points whose file system did not answer: of what is open there, only names are known. */
  readonly silent: ReadonlySet<string>;
  readonly processes: ReadonlyMap<number, ProcessStat>;
  readonly uptimeSeconds: number | null;
  readonly surroundings: Surroundings;
}

/** Read less often. */
export interface Surroundings {
  readonly monotonicMs: number;
  /** Environment, namespaces and the like of the process itself, and the namespaces of pid 1. */
  readonly texts: FileTexts;
  /** The number as a text where it has no name, or none yet. */
  userName(this: void, uid: number): string;
  readonly groups: ReadonlyMap<number, string>;
  readonly units: KernelUnits;
  readonly bigEndian: boolean;
  /** Number of the last capability that the kernel knows. */
  readonly lastCapability: number | null;
  /** Milliseconds since 1970 UTC. */
  readonly bootTimeMs: number | null;
  readonly memoryBytes: number | null;
  readonly mounts: readonly Mount[];
  readonly terminals: readonly TerminalDriver[];
  /** As uname -m says. */
  readonly architecture: string | null;
  /** Threads of all processes by real uid. */
  readonly threadsOfUsers: ReadonlyMap<number, number>;
  readonly ioPriority: IoPriority | null;
  /** By the link of a pipe. */
  readonly pipes: ReadonlyMap<string, readonly Peer[]>;
  readonly maps: MemoryMaps | null;
  readonly gaps: readonly Gap[];
}

/** What a result is to hold besides what was read. */
export interface Wanted {
  readonly machine: string;
  readonly environment: boolean;
  readonly reveal: boolean;
  /** The number that was asked for, where it is that of a thread. */
  readonly thread: number | null;
}
