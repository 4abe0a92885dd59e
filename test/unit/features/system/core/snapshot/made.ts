import type {
  Snapshot,
  SnapshotProcess,
  SnapshotSocket,
} from '../../../../../../src/features/system/core/snapshot/schema';

export const BOOT_MS = 1_795_000_000_000;

export function process(pid: number, words: string, more: Partial<SnapshotProcess> = {}): SnapshotProcess {
  const commandLine = words.split(' ');
  return {
    pid,
    startTicks: 100_000,
    startedAtMs: BOOT_MS + 1_000_000,
    parentPid: 1,
    user: 'root',
    name: commandLine[0]?.split('/').at(-1) ?? '',
    commandLine,
    kernelThread: false,
    state: 'sleeping',
    cpuMs: 100,
    residentBytes: 4096,
    ...more,
  };
}

export function listener(port: number, owner: string): SnapshotSocket {
  return {
    protocol: 'tcp',
    state: 'listening',
    localAddress: '0.0.0.0',
    localPort: port,
    remoteAddress: null,
    remotePort: null,
    user: 'root',
    pid: 1,
    process: owner,
  };
}

export function connection(localPort: number, remotePort: number, owner: string): SnapshotSocket {
  const remote = { localAddress: '10.0.0.1', remoteAddress: '10.0.0.9', remotePort };
  return { ...listener(localPort, owner), ...remote, state: 'established' };
}

export function made(more: Partial<Snapshot> = {}): Snapshot {
  return {
    kind: 'opsdeck-snapshot',
    version: 1,
    machine: 'local',
    hostName: 'web1',
    kernel: 'Linux 6.1.0',
    bootId: 'b1',
    bootedAtMs: BOOT_MS,
    takenAtMs: BOOT_MS + 3_600_000,
    figures: {
      cpuBusyMs: 1_000,
      cpuTotalMs: 10_000,
      cpus: 2,
      memoryTotalBytes: 2 ** 30,
      memoryAvailableBytes: 2 ** 29,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
      load: { one: 0.5, five: 0.4, fifteen: 0.3 },
      uptimeSeconds: 3_600,
    },
    processes: [process(1, '/sbin/init'), process(700, '/usr/sbin/sshd -D')],
    sockets: [listener(22, 'sshd')],
    mounts: [
      {
        mountPoint: '/',
        source: '/dev/vda1',
        type: 'ext4',
        root: '/',
        readOnly: false,
        totalBytes: 10_000,
        availableBytes: 4_000,
      },
    ],
    routes: [
      {
        family: 'ipv4',
        destination: 'default',
        gateway: '10.0.0.254',
        interface: 'eth0',
        metric: 100,
        type: 'unicast',
      },
    ],
    interfaces: [
      { name: 'eth0', up: true, hardwareAddress: '52:54:00:00:00:01', mtuBytes: 1500, addresses: ['10.0.0.1/24'] },
    ],
    units: [{ id: 'sshd.service', state: 'active', sub: 'running', enabled: 'enabled' }],
    users: [{ user: 'alice', terminal: 'pts/0', host: '10.0.0.9', sinceMs: BOOT_MS + 5_000 }],
    problems: [],
    ...more,
  };
}
