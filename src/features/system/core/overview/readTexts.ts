import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import { blockFacts } from '../kernel/blockDevices';
import { cgroupFigures } from '../kernel/cgroup';
import type { CgroupPlaces } from '../kernel/cgroupPlaces';
import { parseCpuinfo } from '../kernel/cpuinfo';
import { parseAllowedCpus, parseCpuList } from '../kernel/cpuList';
import { parseDiskstats } from '../kernel/diskstats';
import { fansOf, temperaturesOf } from '../kernel/hwmon';
import { interfaceFacts, type InterfaceFacts } from '../kernel/interfaces';
import { parseLoadavg } from '../kernel/loadavg';
import { parseMeminfo, type MemoryFigures } from '../kernel/meminfo';
import { parseNetdev } from '../kernel/netdev';
import { parseOsRelease } from '../kernel/osRelease';
import { batteriesOf, mainsOnline } from '../kernel/powerSupply';
import { parsePressure, type Pressure } from '../kernel/pressure';
import { partOf, type ProblemList } from './problems';
import type { Counters, HostFacts, Surroundings } from './reading';
import { PRESSURE_FILES, partOfPath } from './sources';
import { parseStat } from '../kernel/stat';
import { count, singleValue } from '../kernel/text';
import { parseUptime } from '../kernel/uptime';
import { parseVmstat } from '../kernel/vmstat';

/** The files of every sample. `places` is null where the machine has no control groups. */
export function readCounters(
  texts: FileTexts,
  host: HostFacts,
  places: CgroupPlaces | null,
  problems: ProblemList,
): Counters {
  const memory = (text: string): MemoryFigures | null => parseMeminfo(text, host.minFreeKibibytes);
  return {
    uptimeSeconds: partOf(texts, '/proc/uptime', 'uptime', parseUptime, problems),
    stat: partOf(texts, '/proc/stat', 'cpu', parseStat, problems),
    memory: partOf(texts, '/proc/meminfo', 'memory', memory, problems),
    load: partOf(texts, '/proc/loadavg', 'load', parseLoadavg, problems),
    paging: partOf(texts, '/proc/vmstat', 'paging', parseVmstat, problems),
    disks: partOf(texts, '/proc/diskstats', 'blockDevices', parseDiskstats, problems),
    interfaces: partOf(texts, '/proc/net/dev', 'interfaces', parseNetdev, problems),
    pressure: readPressure(texts, problems),
    cgroup: places === null ? null : cgroupFigures(texts, places),
  };
}

/** Only new kernels have the file for interrupts: its absence is nothing to tell. */
function readPressure(texts: FileTexts, problems: ProblemList): Counters['pressure'] {
  const [cpuFile, memoryFile, ioFile, irqFile] = PRESSURE_FILES;
  const read = (path: string): Pressure | null => partOf(texts, path, 'pressure', parsePressure, problems);
  const irq = isFailure(texts.get(irqFile)) ? null : read(irqFile);
  const pressure = { cpu: read(cpuFile), memory: read(memoryFile), io: read(ioFile), irq };
  return Object.values(pressure).every((one) => one === null) ? null : pressure;
}

export function readSurroundings(texts: FileTexts, problems: ProblemList): Surroundings {
  const sys = sysTexts(texts);
  for (const [path, content] of [...sys.values()].flatMap((part) => [...part])) {
    // Of /sys much fails by nature, such as the speed of a link that is down; a denial does not.
    const denied = isFailure(content) && (content.code === 'denied' || content.code === 'timed-out');
    if (denied) problems.addFailure(path, content, partOfPath(path));
  }
  const part = (folder: string): FileTexts => sys.get(folder) ?? NOTHING;
  return {
    temperatures: temperaturesOf(part('hwmon'), part('thermal')),
    fans: fansOf(part('hwmon')),
    batteries: batteriesOf(part('power_supply')),
    mainsOnline: mainsOnline(part('power_supply')),
    frequencies: frequenciesOf(part('cpu')),
    interfaceFacts: factsOfInterfaces(part('net')),
  };
}

const NOTHING: FileTexts = new Map();

/** By the folder of /sys/class or /sys/devices/system: each reader looks at its own files only. */
function sysTexts(texts: FileTexts): ReadonlyMap<string, FileTexts> {
  const parts = new Map<string, Map<string, string | FileFailure>>();
  for (const [path, content] of texts) {
    if (!path.startsWith('/sys/')) continue;
    const segments = path.split('/', 5);
    const folder = (segments[2] === 'devices' ? segments[4] : segments[3]) ?? '';
    const part = parts.get(folder);
    if (part === undefined) parts.set(folder, new Map([[path, content]]));
    else part.set(path, content);
  }
  return parts;
}

function frequenciesOf(texts: FileTexts): ReadonlyMap<number, number> {
  const frequencies = new Map<number, number>();
  for (const [path, content] of texts) {
    const cpu = /\/cpu(\d+)\/cpufreq\/scaling_cur_freq$/.exec(path)?.[1];
    const kilohertz = cpu === undefined ? null : count(singleValue(content) ?? undefined);
    if (kilohertz !== null && kilohertz > 0) frequencies.set(Number(cpu), kilohertz * 1000);
  }
  return frequencies;
}

function factsOfInterfaces(texts: FileTexts): ReadonlyMap<string, InterfaceFacts> {
  const facts = new Map<string, InterfaceFacts>();
  for (const path of texts.keys()) {
    const name = path.split('/', 5)[4] ?? '';
    if (!facts.has(name)) facts.set(name, interfaceFacts(texts, name));
  }
  return facts;
}

export function readHost(texts: FileTexts): HostFacts {
  const text = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const value = (path: string): string | null => singleValue(texts.get(path));
  const kernel = [value('/proc/sys/kernel/ostype'), value('/proc/sys/kernel/osrelease')].filter(
    (part) => part !== null,
  );
  return {
    name: value('/proc/sys/kernel/hostname'),
    kernel: kernel.length === 0 ? null : kernel.join(' '),
    os: parseOsRelease(text('/etc/os-release')) ?? parseOsRelease(text('/usr/lib/os-release')),
    architecture: value('/proc/sys/kernel/arch'),
    processor: parseCpuinfo(text('/proc/cpuinfo')),
    offlineCpus: offlineCpus(text('/sys/devices/system/cpu/offline'), text('/sys/devices/system/cpu/present')),
    allowedCpus: parseAllowedCpus(text('/proc/self/status')),
    minFreeKibibytes: count(value('/proc/sys/vm/min_free_kbytes') ?? undefined),
    blockFacts: blockFacts(texts),
  };
}

/** The kernel also lists places where no processor is plugged in as offline. */
function offlineCpus(offline: string, present: string): readonly number[] {
  const plugged = new Set(parseCpuList(present) ?? []);
  return (parseCpuList(offline) ?? []).filter((id) => plugged.has(id));
}
