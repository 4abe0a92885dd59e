import * as l10n from '@vscode/l10n';
import { isFailure, type FileTexts, type Machine, type ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { parseProcessStat } from '../kernel/processStat';
import { parseStat } from '../kernel/stat';
import { singleValue } from '../kernel/text';
import { matchesFilter, sortedServices } from './filter';
import { namesIn, otherServices } from './others';
import { pidFilesOf } from './pidFiles';
import type { Service, ServicesInput, ServicesResult } from './schema';
import { readSystemd, type SystemdRead } from './systemd';
import { SYSTEMD_ITEM } from './units';
import { machineName } from '../machineName';

export interface CollectServicesOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly input: ServicesInput;
}

const RUNIT_FOLDERS = ['/run/runit/service', '/run/service', '/etc/service', '/var/service', '/service'];
const names = (path: string): ReadItem => ({ path, what: 'names' });
const FILES: readonly ReadItem[] = [
  '/proc/stat',
  '/proc/1/comm',
  '/proc/sys/kernel/hostname',
  SYSTEMD_ITEM,
  '/run/openrc/softlevel',
  names('/etc/init.d'),
  names('/etc/rc[0-9].d'),
  names('/etc/rc.d/rc[0-9].d'),
  names('/etc/runlevels/*'),
  ...['failed', 'starting', 'stopping', 'started'].map((state) => names(`/run/openrc/${state}`)),
  ...RUNIT_FOLDERS.flatMap((folder) => [`${folder}/*/supervise/stat`, `${folder}/*/supervise/pid`]),
  '/run/*.pid',
  '/run/*/*.pid',
];

/** The services of a machine. Two round trips; with systemd the second one is programs, four at a time. */
export async function collectServices(options: CollectServicesOptions): Promise<ServicesResult> {
  const { machine, signal, clock, input } = options;
  const texts = await machine.files.readMany(FILES, { signal });
  const manager = managerOf(texts);
  const stat = texts.get('/proc/stat');
  const bootSeconds = typeof stat === 'string' ? (parseStat(stat)?.bootTimeSeconds ?? null) : null;
  const read =
    manager === 'systemd'
      ? await readSystemd(machine, input.type, bootSeconds === null ? null : bootSeconds * 1000, signal)
      : await readOthers(machine, manager, texts, bootSeconds, signal);
  const services = await withStarts(machine, read.services, signal);
  const ofType = services.filter(({ id }) => manager !== 'systemd' || isOfType(id, input.type));
  return {
    machine: machine.name,
    takenAtMs: clock.nowMs(),
    hostName: singleValue(texts.get('/proc/sys/kernel/hostname')),
    filter: { state: input.state, name: input.name ?? null, type: input.type },
    manager,
    firstProcess: singleValue(texts.get('/proc/1/comm')),
    version: read.version,
    systemState: read.systemState,
    counts: countsOf(ofType),
    failed: sortedServices(services.filter(({ state }) => state === 'failed' || state === 'restarting')),
    services: sortedServices(ofType.filter((service) => matchesFilter(service, input))),
    timers: [...read.timers],
    problems: [...read.problems],
  };
}

function isOfType(id: string, type: ServicesInput['type']): boolean {
  return type === 'all' || id.endsWith(`.${type}`);
}

export function managerOf(texts: FileTexts): ServicesResult['manager'] {
  const there = (path: string): boolean => typeof texts.get(path) === 'string';
  if (there(SYSTEMD_ITEM.path)) return 'systemd';
  if (there('/run/openrc/softlevel')) return 'openrc';
  const supervised = [...texts.keys()].some((path) => path.endsWith('/supervise/stat'));
  if (supervised) return 'runit';
  return namesIn(texts, '/etc/init.d').length > 0 ? 'sysv' : 'none';
}

async function readOthers(
  machine: Machine,
  manager: Exclude<ServicesResult['manager'], 'systemd'>,
  texts: FileTexts,
  bootSeconds: number | null,
  signal: AbortSignal,
): Promise<SystemdRead> {
  const files = pidFilesOf(texts);
  const pids = files.flatMap(({ pid }) => (pid === null ? [] : [`/proc/${pid}/stat`]));
  const items: readonly ReadItem[] = [
    '/proc/self/auxv',
    ...pids,
    ...files.map(({ path }) => ({ path, what: 'stat' as const })),
  ];
  const seconds = await machine.files.readMany(items, { signal, encoding: 'bytes' });
  const first = singleValue(texts.get('/proc/1/comm')) ?? '?';
  const problem = l10n.t(
    'systemd does not run {0} (its first process is {1}): services are told from files alone, and no script is run to ask them.',
    machineName(machine.name),
    first,
  );
  const services = otherServices(manager, texts, files, seconds, bootSeconds);
  return { services, timers: [], version: null, systemState: null, problems: [problem] };
}

/** With its start time a process is told for good; one round trip for all of them. */
async function withStarts(machine: Machine, services: readonly Service[], signal: AbortSignal): Promise<Service[]> {
  const open = services.flatMap(({ mainPid, startTicks }) =>
    mainPid !== null && startTicks === null ? [mainPid] : [],
  );
  if (open.length === 0) return [...services];
  const paths = [...new Set(open)].map((pid) => `/proc/${pid}/stat`);
  const texts = await machine.files.readMany(paths, { signal, encoding: 'bytes' });
  return services.map((service): Service => {
    const content = texts.get(`/proc/${service.mainPid}/stat`);
    if (service.startTicks !== null || content === undefined || isFailure(content)) return service;
    return { ...service, startTicks: parseProcessStat(content)?.startTicks ?? null };
  });
}

function countsOf(services: readonly Service[]): ServicesResult['counts'] {
  const counts: ServicesResult['counts'] = {};
  for (const { state } of services) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
