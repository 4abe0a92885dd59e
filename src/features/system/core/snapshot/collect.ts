import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine, type ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { parseMountinfo } from '../kernel/mountinfo';
import { UserNames } from '../processes/userNames';
import { readSystemdUnits, SYSTEMD_ITEM } from '../services/units';
import { readSessions } from '../users/sources';
import { UTMP_FILES } from '../users/utmpFile';
import { HOST_FILES, hostOf } from './hostFigures';
import { interfacesOf, IP_COMMANDS, NETWORK_FILES, routesOf, routesOfProc } from './networkParts';
import { PROCESS_FILES, processesOf } from './processes';
import { SNAPSHOT_VERSION, type Snapshot, type SnapshotMount } from './schema';
import { SOCKET_FILES, socketsOf } from './sockets';
import { machineName } from '../machineName';

const MOUNTINFO = '/proc/self/mountinfo';
const ITEMS: readonly ReadItem[] = [
  ...HOST_FILES,
  ...PROCESS_FILES,
  ...SOCKET_FILES,
  ...NETWORK_FILES,
  ...UTMP_FILES,
  MOUNTINFO,
  SYSTEMD_ITEM,
];
const DEADLINE_MS = 5_000;

/** Everything that a snapshot holds, in two round trips, several requests at a time. Throws an ExpectedError. */
export async function takeSnapshot(machine: Machine, clock: Clock, signal: AbortSignal): Promise<Snapshot> {
  const [texts, ...ip] = await Promise.all([
    machine.files.readMany(ITEMS, { signal, encoding: 'bytes' }),
    ...IP_COMMANDS.map((command) => outputOf(machine, command, signal)),
  ]);
  const takenAtMs = clock.nowMs();
  requireProcesses(texts, machine);
  const host = hostOf(texts);
  const names = userNames(machine, texts);
  const processes = processesOf(texts, host, names);
  const sockets = socketsOf(texts, processes, names);
  const [sessions, named, mounts, units] = await Promise.all([
    readSessions(machine, texts, signal),
    names.resolve(signal),
    mountsOf(machine, texts, signal),
    typeof texts.get(SYSTEMD_ITEM.path) === 'string' ? readSystemdUnits(machine, signal) : null,
  ]);
  const network = networkOf(machine, texts, ip);
  return {
    kind: 'opsdeck-snapshot',
    version: SNAPSHOT_VERSION,
    machine: machine.name,
    hostName: host.hostName,
    kernel: host.kernel,
    bootId: host.bootId,
    bootedAtMs: host.bootedAtMs,
    takenAtMs,
    figures: host.figures,
    processes: named ? processesOf(texts, host, names) : processes,
    sockets: named ? socketsOf(texts, processes, names) : sockets,
    mounts,
    routes: network.routes,
    interfaces: network.interfaces,
    units: units?.units ?? null,
    users:
      sessions.source === null
        ? null
        : sessions.sessions.map(({ user, terminal, host: from, sinceMs }) => {
            return { user, terminal: terminal || null, host: from, sinceMs };
          }),
    problems: [...network.problems, ...(units?.problems ?? []), ...deniedText(texts)],
  };
}

function requireProcesses(texts: FileTexts, machine: Machine): void {
  if (typeof texts.get('/proc/stat') === 'string') return;
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'A snapshot of {0} comes from /proc, which cannot be read there. Check that it is mounted.',
      machineName(machine.name),
    ),
  );
}

function userNames(machine: Machine, texts: FileTexts): UserNames {
  const names = new UserNames(machine);
  const passwd = texts.get('/etc/passwd');
  names.take(typeof passwd === 'string' ? passwd : '');
  return names;
}

/** What a program prints; null where it is missing or fails. */
async function outputOf(machine: Machine, command: readonly string[], signal: AbortSignal): Promise<string | null> {
  try {
    const { exitCode, stdout } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS });
    return exitCode === 0 ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function networkOf(
  machine: Machine,
  texts: FileTexts,
  [addresses = null, routes4 = null, routes6 = null]: readonly (string | null)[],
): Pick<Snapshot, 'interfaces' | 'routes' | 'problems'> {
  const { interfaces, addressesKnown } = interfacesOf(texts, addresses);
  const ipv4 = routesOf(routes4, 'ipv4');
  const problem = l10n.t(
    'Addresses of interfaces and routes of IPv6 are not known: ip on {0} is missing or too old.',
    machineName(machine.name),
  );
  return {
    interfaces,
    routes: [...(ipv4 ?? routesOfProc(texts)), ...(routesOf(routes6, 'ipv6') ?? [])],
    problems: addressesKnown && ipv4 !== null ? [] : [problem],
  };
}

async function mountsOf(machine: Machine, texts: FileTexts, signal: AbortSignal): Promise<SnapshotMount[]> {
  const content = texts.get(MOUNTINFO);
  const mounts = (typeof content === 'string' ? parseMountinfo(decoded(content)) : null) ?? [];
  const places = mounts.filter(({ type }) => !NO_SPACE.has(type)).map(({ mountPoint }) => mountPoint);
  const usage = await machine.files.usage([...new Set(places)], { signal });
  return mounts.map(({ mountPoint, source, type, root, readOnly }) => {
    const space = usage.get(mountPoint);
    const known = space !== undefined && !isFailure(space) && space.totalBytes > 0 ? space : null;
    const figures = { totalBytes: known?.totalBytes ?? null, availableBytes: known?.availableBytes ?? null };
    return { mountPoint, source, type, root, readOnly, ...figures };
  });
}

/** Made by the kernel: they have no space, and a mount that waits to be made must not be woken up. */
const NO_SPACE = new Set([
  'autofs',
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'debugfs',
  'devpts',
  'efivarfs',
  'fusectl',
  'hugetlbfs',
  'mqueue',
  'nsfs',
  'proc',
  'pstore',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'sysfs',
  'tracefs',
]);

/** Paths as they are given to the machine: UTF-8, as all other tools name them. */
function decoded(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

function deniedText(texts: FileTexts): readonly string[] {
  const denied = new Set<string>();
  for (const [path, content] of texts) {
    const pid = isFailure(content) && content.code === 'denied' ? /^\/proc\/(\d+)\/fd\b/.exec(path)?.[1] : undefined;
    if (pid !== undefined) denied.add(pid);
  }
  return denied.size === 0
    ? []
    : [
        l10n.t(
          'Which sockets {0} processes have open only root may see: some sockets are without an owner.',
          denied.size,
        ),
      ];
}
