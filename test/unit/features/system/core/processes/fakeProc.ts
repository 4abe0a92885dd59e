import type { Machine } from '../../../../../../src/machine/machine';
import { DENIED, memoryMachine, type FixtureOptions, type MemoryEntry } from '../../../../../support/fixtureMachine';

export interface FakeProcess {
  readonly pid: number;
  /** Every character a byte, as all texts here. */
  readonly comm?: string;
  readonly state?: string;
  readonly parentPid?: number;
  readonly flags?: number;
  readonly userTicks?: number;
  readonly systemTicks?: number;
  readonly startTicks?: number;
  readonly threads?: number;
  readonly residentKibibytes?: number;
  readonly uid?: number;
  readonly commandLine?: readonly string[];
  readonly exe?: string;
  readonly cwd?: string;
  readonly readBytes?: number;
  readonly cgroup?: string;
  /** Targets of its file descriptors, from 0. */
  readonly fds?: readonly string[];
  /** Only root may see what is its own. */
  readonly denied?: boolean;
  readonly maps?: string;
  readonly rollup?: string;
  /** Lines of its limits. */
  readonly limits?: string;
  /** Names of its threads, whose numbers are its own and those behind. */
  readonly threadNames?: readonly string[];
  readonly netNamespace?: string;
  /** Ended when its second file was read. */
  readonly ended?: boolean;
}

export interface FakeHost {
  readonly uptimeSeconds?: number;
  /** As kernels before 4.5 and 6.2 answer. */
  readonly old?: boolean;
  readonly more?: Readonly<Record<string, MemoryEntry>>;
}

type Entries = Record<string, MemoryEntry>;

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The files of /proc on a machine with these processes. */
export function procEntries(processes: readonly FakeProcess[], host: FakeHost = {}): Entries {
  const entries: Entries = {
    '/proc/uptime': `${(host.uptimeSeconds ?? 1000.5).toFixed(2)} 1.00\n`,
    '/proc/stat': 'cpu  1 2 3 4 5 6 7 8 9 0\nbtime 1795000000\n',
    '/proc/meminfo': 'MemTotal: 1048576 kB\nMemFree: 1024 kB\n',
    '/proc/tty/drivers': 'usbserial /dev/ttyUSB 188 0-511 serial\n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/:\n',
    '/proc/self/fd': { stat: `d 500 ${host.old === true ? 0 : 4} 0:5 1 2 0 0 0` },
    '/proc/self/status': statusOf({ pid: 9_999 }, host.old === true),
    ...host.more,
  };
  for (const process of processes) Object.assign(entries, filesOf(process, host.old === true));
  return entries;
}

function filesOf(process: FakeProcess, old: boolean): Entries {
  const folder = `/proc/${process.pid}`;
  const { fds = ['/dev/null'], denied = false } = process;
  const own = (entry: MemoryEntry): MemoryEntry => (denied ? DENIED : entry);
  const files: Entries = { [`${folder}/stat`]: bytes(statOf(process)) };
  if (process.ended === true) return files;
  const more: Entries = {
    status: statusOf(process, old),
    statm: '900 50 20 10 0 40 0\n',
    io: own(ioOf(process)),
    cmdline: bytes((process.commandLine ?? []).map((argument) => `${argument}\0`).join('')),
    cgroup: process.cgroup ?? '0::/\n',
    oom_score: '666\n',
    oom_score_adj: '-500\n',
    maps: own(process.maps ?? ''),
    root: own({ link: '/' }),
    cwd: own({ link: bytes(process.cwd ?? '/') }),
    'ns/net': own({ link: `net:[${process.netNamespace ?? '4026531840'}]` }),
  };
  if (denied || process.rollup !== undefined) more['smaps_rollup'] = own(process.rollup ?? '');
  if (denied || process.limits !== undefined) more['limits'] = own(process.limits ?? '');
  for (const [index, comm] of (process.threadNames ?? []).entries()) {
    const tid = process.pid + index;
    more[`task/${tid}/stat`] = bytes(statOf({ ...process, pid: tid, comm }));
  }
  if (process.exe !== undefined) more['exe'] = own({ link: bytes(process.exe) });
  for (const [name, entry] of Object.entries(more)) files[`${folder}/${name}`] = entry;
  const fdFolder = `${folder}/fd`;
  if (denied) files[fdFolder] = DENIED;
  else {
    for (const [fd, target] of fds.entries()) files[`${fdFolder}/${fd}`] = { link: bytes(target) };
    files[fdFolder] = { stat: `d 500 ${old ? 0 : fds.length} 0:5 1 2 0 0 0` };
  }
  return files;
}

function statOf(process: FakeProcess): string {
  const { pid, comm = 'fake', state = 'S', parentPid = 1, flags = 4194304 } = process;
  const times = `${process.userTicks ?? 0} ${process.systemTicks ?? 0} 3 4`;
  const memory = `8192000 ${(process.residentKibibytes ?? 400) / 4}`;
  const fields = `${pid} ${pid} 34816 -1 ${flags} 100 0 2 0 ${times} 20 5 ${process.threads ?? 1} 0`;
  const rest = '18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 3 7 0 0';
  return `${pid} (${comm}) ${state} ${parentPid} ${fields} ${process.startTicks ?? 5000} ${memory} ${rest}\n`;
}

function statusOf({ uid = 0, residentKibibytes = 400 }: FakeProcess, old: boolean): string {
  const parts = `RssAnon:\t 100 kB\nRssFile:\t 200 kB\nRssShmem:\t 100 kB\n`;
  return (
    `Name:\tfake\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t${uid}\t${uid}\t${uid}\t${uid}\n` +
    `VmRSS:\t ${residentKibibytes} kB\n${old ? '' : parts}VmData:\t 40 kB\nVmStk:\t 8 kB\nVmExe:\t 16 kB\n` +
    'VmSwap:\t 12 kB\nCpus_allowed_list:\t0-3\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n'
  );
}

function ioOf({ readBytes = 0 }: FakeProcess): string {
  return `rchar: 10\nwchar: 20\nsyscr: 1\nsyscw: 2\nread_bytes: ${readBytes}\nwrite_bytes: 0\ncancelled_write_bytes: 0\n`;
}

export interface Batch {
  readonly paths: readonly string[];
}

export interface FakeMachine extends Machine {
  /** Every readMany, in order. */
  readonly batches: readonly Batch[];
  readonly execs: readonly string[];
}

/** Shows the next of these sets of files whenever /proc/uptime is read again, and the last one from then on. */
export function fakeMachine(steps: readonly Entries[], options: FixtureOptions = {}): FakeMachine {
  const machines = steps.map((entries) => memoryMachine(entries, options));
  const batches: Batch[] = [];
  const execs: string[] = [];
  let step = -1;
  const current = (): Machine => machines[Math.min(Math.max(step, 0), machines.length - 1)] ?? machines[0]!;
  const first = machines[0]!;
  return {
    ...first,
    batches,
    execs,
    files: {
      ...first.files,
      readMany: (items, readOptions) => {
        if (items.includes('/proc/uptime')) step++;
        batches.push({ paths: items.map((item) => (typeof item === 'string' ? item : item.path)) });
        return current().files.readMany(items, readOptions);
      },
    },
    exec: (command, execOptions) => {
      execs.push(command.join(' '));
      return current().exec(command, execOptions);
    },
  };
}

/** The same machine, which hands over what it has read in parts of so many files, as the local one does. */
export function inParts(machine: FakeMachine, files: number, times = 1): FakeMachine {
  return {
    ...machine,
    files: {
      ...machine.files,
      readMany: async (items, options) => {
        const { onPart } = options;
        if (onPart === undefined) return machine.files.readMany(items, options);
        // A batch in which a file has hung is read again from its beginning.
        for (let time = 1; time <= times; time++) {
          const all = [...(await machine.files.readMany(items, options))];
          const begins = all.findIndex(([path]) => /^\/proc\/\d/.test(path));
          onPart(new Map(all.slice(0, begins)));
          for (let at = begins; at < all.length; at += files) onPart(new Map(all.slice(at, at + files)));
        }
        return new Map();
      },
    },
  };
}
