import type { MemoryEntry } from '../../../../../support/fixtureMachine';

/** Texts as the kernel writes them, for sockets that a test makes up. */

export interface FakeSocket {
  /** '127.0.0.1:80' or '[::1]:80'. */
  readonly local: string;
  readonly remote?: string;
  /** As the kernel writes it: '0A' is listening. */
  readonly state: string;
  readonly inode: number;
  readonly uid?: number;
  readonly queues?: string;
  readonly timer?: string;
}

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** A table such as /proc/net/tcp of a machine that puts the lowest byte first. */
export function inetTable(sockets: readonly FakeSocket[]): string {
  const any = (local: string): string => (local.startsWith('[') ? '[::]:0' : '0.0.0.0:0');
  const lines = sockets.map(
    ({ local, remote, state, inode, uid = 0, queues = '00000000:00000000', timer = '00:00000000' }, at) =>
      `${at}: ${end(local)} ${end(remote ?? any(local))} ${state} ${queues} ${timer} 00000000 ${uid} 0 ${inode} 1 0 0\n`,
  );
  return HEAD + lines.join('');
}

function end(text: string): string {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1))
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');
  const host = text.slice(0, colon);
  return `${host.startsWith('[') ? hex6(host.slice(1, -1)) : hex4(host)}:${port}`;
}

const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

function hex4(host: string): string {
  return host.split('.').map(Number).toReversed().map(hexByte).join('');
}

/** Only ::, ::1 and the like are needed. */
function hex6(host: string): string {
  const last = host === '::' ? 0 : Number.parseInt(host.slice(2), 16);
  return `${'0'.repeat(24)}${[last & 0xff, last >> 8, 0, 0].map(hexByte).join('')}`;
}

export function unixTable(lines: readonly string[]): string {
  return [
    'Num       RefCount Protocol Flags    Type St Inode Path',
    ...lines.map((line) => `0: 00000002 00000000 ${line}`),
    '',
  ].join('\n');
}

export interface FakeOwner {
  readonly name: string;
  readonly uid?: number;
  readonly commandLine?: string;
  readonly cgroup?: string;
  readonly startTicks?: number;
  readonly namespace?: string;
  /** fd → inode; null where they are denied. */
  readonly sockets: Readonly<Record<number, number>> | null;
}

const DENIED = { kind: 'failure', code: 'denied', message: 'permission denied' } as const;

export function owner(pid: number, fake: FakeOwner): Record<string, MemoryEntry> {
  const { name, uid = 0, commandLine = `${name}\0`, cgroup = '0::/\n', startTicks = 1000, sockets } = fake;
  const fields = Array.from({ length: 49 }, (_none, at) => (at === 18 ? startTicks : 1));
  const links: Record<string, MemoryEntry> =
    sockets === null
      ? { [`/proc/${pid}/fd`]: DENIED }
      : Object.fromEntries(
          Object.entries(sockets).map(([fd, inode]) => [`/proc/${pid}/fd/${fd}`, { link: `socket:[${inode}]` }]),
        );
  return {
    [`/proc/${pid}/stat`]: `${pid} (${name}) S ${fields.join(' ')}\n`,
    [`/proc/${pid}/status`]: `Name:\t${name}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t0\t0\t0\t0\n`,
    [`/proc/${pid}/cmdline`]: commandLine,
    [`/proc/${pid}/cgroup`]: cgroup,
    [`/proc/${pid}/ns/net`]: sockets === null ? DENIED : { link: `net:[${fake.namespace ?? '4026531840'}]` },
    ...links,
  };
}

/** What is there on every machine; started a thousand seconds before the tests' clock begins. */
export const HOST: Readonly<Record<string, MemoryEntry>> = {
  // The first process, without descriptors.
  '/proc/1/fd/': '',
  '/proc/stat': 'cpu  1 1 1 1 1 1 1 1 1 1\nbtime 1795434200\n',
  '/proc/self/auxv': '',
  '/proc/self/ns/net': { link: 'net:[4026531840]' },
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/:/bin/false\nalice:x:1000:1000::/home/alice:/bin/bash\n',
};
