import type { Systeminformation } from 'systeminformation';
import type { BlockFactsByName } from '../kernel/blockDevices';
import type { DiskCounters } from '../kernel/diskstats';
import type { InterfaceFacts } from '../kernel/interfaces';
import type { MemoryFigures } from '../kernel/meminfo';
import type { InterfaceCounters } from '../kernel/netdev';
import type { Battery } from '../kernel/powerSupply';
import type { HostFacts, MountedFileSystem, Surroundings } from './reading';
import { CPU_MODES, type CoreTimes, type CpuTimes } from '../kernel/stat';
import type { LoggedIn } from '../kernel/utmp';

/*
 * What the package systeminformation tells of macOS and Windows, in the form in which /proc tells it. It writes 0, -1,
 * NaN or an empty text where it knows nothing.
 */

const NO_TIMES = Object.fromEntries(CPU_MODES.map((mode) => [mode, null])) as CpuTimes;

/** Its processor times are those since the call before: they are added up to counters. */
export function addedTimes(
  before: readonly CoreTimes[],
  load: Systeminformation.CurrentLoadData,
): readonly CoreTimes[] {
  return load.cpus.map((cpu, id) => {
    const times = before[id]?.times;
    return {
      id,
      times: {
        ...NO_TIMES,
        user: (times?.user ?? 0) + known(cpu.rawLoadUser),
        nice: (times?.nice ?? 0) + known(cpu.rawLoadNice),
        system: (times?.system ?? 0) + known(cpu.rawLoadSystem),
        idle: (times?.idle ?? 0) + known(cpu.rawLoadIdle),
        irq: (times?.irq ?? 0) + known(cpu.rawLoadIrq),
      },
    };
  });
}

export function totalTimes(cores: readonly CoreTimes[]): CpuTimes {
  const sum = (mode: 'user' | 'nice' | 'system' | 'idle' | 'irq'): number =>
    cores.reduce((total, core) => total + (core.times[mode] ?? 0), 0);
  return {
    ...NO_TIMES,
    user: sum('user'),
    nice: sum('nice'),
    system: sum('system'),
    idle: sum('idle'),
    irq: sum('irq'),
  };
}

export function memoryFigures(mem: Systeminformation.MemData): MemoryFigures | null {
  if (!(mem.total > 0)) return null;
  const availableBytes = Math.min(mem.total, Math.max(0, known(mem.available)));
  const cacheBytes = positive(mem.buffcache);
  return {
    totalBytes: mem.total,
    usedBytes: mem.total - availableBytes,
    freeBytes: known(mem.free),
    sharedBytes: null,
    buffersBytes: null,
    cacheBytes,
    availableBytes,
    availableEstimated: false,
    activeBytes: positive(mem.active),
    inactiveBytes: null,
    slabBytes: null,
    dirtyBytes: null,
    writebackBytes: null,
    committedBytes: null,
    commitLimitBytes: null,
    hugePagesBytes: null,
    swapTotalBytes: known(mem.swaptotal),
    swapFreeBytes: known(mem.swapfree),
    swapCachedBytes: null,
  };
}

/** One device for all, for it does not tell them apart; null where it counts nothing at all, as on Windows. */
export function allDisks(
  bytes: Systeminformation.FsStatsData | null,
  operations: Systeminformation.DisksIoData | null,
): readonly DiskCounters[] | null {
  if (bytes === null && operations === null) return null;
  return [
    {
      name: '*',
      reads: operations === null ? null : known(operations.rIO),
      readBytes: bytes === null ? null : known(bytes.rx),
      readMs: null,
      writes: operations === null ? null : known(operations.wIO),
      writtenBytes: bytes === null ? null : known(bytes.wx),
      writeMs: null,
      inFlight: null,
      busyMs: null,
      weightedMs: null,
    },
  ];
}

export function interfaceCounters(one: Systeminformation.NetworkStatsData): InterfaceCounters {
  return {
    name: one.iface,
    receivedBytes: known(one.rx_bytes),
    receivedPackets: null,
    receiveErrors: known(one.rx_errors),
    receiveDrops: known(one.rx_dropped),
    sentBytes: known(one.tx_bytes),
    sentPackets: null,
    sendErrors: known(one.tx_errors),
    sendDrops: known(one.tx_dropped),
    collisions: null,
  };
}

export function interfaceFactsOf(one: Systeminformation.NetworkInterfacesData): InterfaceFacts {
  const megabits = positive(one.speed);
  return {
    state: one.operstate || null,
    up: one.operstate === 'up' ? true : one.operstate === 'down' ? false : null,
    speedBitsPerSecond: megabits === null ? null : megabits * 1e6,
    duplex: one.duplex === 'full' || one.duplex === 'half' ? one.duplex : null,
    mtuBytes: positive(one.mtu),
    address: one.mac || null,
    hardware: !one.internal && !one.virtual,
  };
}

/** Without device folders and automounter maps, which are no file systems with space of their own. */
export function mountedOf(rows: readonly Systeminformation.FsSizeData[]): readonly MountedFileSystem[] {
  return rows
    .filter((row) => row.size > 0 && row.fs !== 'devfs' && !row.fs.startsWith('map '))
    .map((row, id) => ({
      mount: {
        id,
        parentId: 0,
        device: row.fs,
        root: '/',
        mountPoint: row.mount,
        type: row.type,
        source: row.fs,
        readOnly: row.rw === false,
      },
      usage: {
        kind: 'usage',
        totalBytes: row.size,
        freeBytes: Math.max(0, row.size - known(row.used)),
        availableBytes: known(row.available),
        inodes: 0,
        inodesFree: 0,
      },
    }));
}

export function loggedIn(one: Systeminformation.UserData): LoggedIn {
  const sinceMs = Date.parse(`${one.date}T${one.time.length === 4 ? `0${one.time}` : one.time}`);
  return {
    user: one.user,
    terminal: one.tty,
    host: one.ip || null,
    sinceMs: Number.isNaN(sinceMs) ? null : sinceMs,
    pid: null,
  };
}

export function hostFactsOf(os: Systeminformation.OsData | null, cpu: Systeminformation.CpuData | null): HostFacts {
  const model = [cpu?.manufacturer, cpu?.brand].filter((part) => part !== undefined && part !== '').join(' ');
  const noBlockFacts: BlockFactsByName = new Map([
    ['*', { sizeBytes: null, model: null, rotational: null, alias: null, madeOf: [] }],
  ]);
  return {
    name: os?.hostname || null,
    kernel: os?.kernel || null,
    os: [os?.distro, os?.release].filter((part) => part !== undefined && part !== '').join(' ') || null,
    architecture: os?.arch || null,
    processor: {
      model: model || null,
      logical: cpu?.cores ?? 0,
      physicalCores: positive(cpu?.physicalCores),
      sockets: positive(cpu?.processors),
      frequencyHertz: new Map(),
    },
    offlineCpus: [],
    allowedCpus: null,
    minFreeKibibytes: null,
    blockFacts: noBlockFacts,
  };
}

export function surroundingsOf(
  temperature: Systeminformation.CpuTemperatureData | null,
  battery: Systeminformation.BatteryData | null,
  interfaces: readonly Systeminformation.NetworkInterfacesData[],
): Surroundings {
  const celsius = positive(temperature?.main);
  const label = 'CPU';
  return {
    temperatures:
      celsius === null ? [] : [{ id: 'cpu', chip: 'cpu', label, celsius, highCelsius: null, criticalCelsius: null }],
    fans: [],
    batteries: battery === null || !battery.hasBattery ? [] : [batteryOf(battery)],
    mainsOnline: battery === null || !battery.hasBattery ? null : battery.acConnected,
    frequencies: new Map(),
    interfaceFacts: new Map(interfaces.map((one) => [one.iface, interfaceFactsOf(one)])),
  };
}

function batteryOf(battery: Systeminformation.BatteryData): Battery {
  const minutes = positive(battery.timeRemaining);
  const state = battery.isCharging ? 'charging' : battery.acConnected ? 'not charging' : 'discharging';
  const design = positive(battery.designedCapacity);
  const full = positive(battery.maxCapacity);
  return {
    name: 'battery',
    model: battery.model || null,
    chargePercent: Math.min(100, known(battery.percent)),
    state,
    secondsLeft: state === 'discharging' && minutes !== null ? minutes * 60 : null,
    powerWatts: null,
    healthPercent: design === null || full === null ? null : Math.min(100, Math.round((full / design) * 1000) / 10),
    cycles: positive(battery.cycleCount),
    peripheral: false,
  };
}

function known(value: number | null | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function positive(value: number | null | undefined): number | null {
  return known(value) || null;
}
