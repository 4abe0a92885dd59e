import { isFailure, type FileTexts } from '../../../../machine/machine';
import { count, singleValue } from '../kernel/text';
import { processOfFile, type PidFile } from './pidFiles';
import type { Service, ServicesResult } from './schema';

type Manager = ServicesResult['manager'];

/** Without systemd: what can be told of services from files alone. No script is ever run for it. */
export function otherServices(
  manager: Exclude<Manager, 'systemd'>,
  texts: FileTexts,
  pidFiles: readonly PidFile[],
  seconds: FileTexts,
  bootSeconds: number | null,
): Service[] {
  const daemons = new Map(pidFiles.map((file) => [file, processOfFile(file, seconds, bootSeconds)]));
  const fileOf = (name: string): PidFile | undefined => [...daemons.keys()].find((file) => belongsTo(file, name));
  const services = manager === 'runit' ? runitServices(texts) : scripts(manager, texts);
  const known = services.map((service): Service => {
    const file = fileOf(service.id);
    const found = file === undefined ? undefined : daemons.get(file);
    if (file !== undefined) daemons.delete(file);
    return found === undefined ? service : withProcess(service, found);
  });
  const rest = [...daemons].map(([file, found]) => withProcess({ ...EMPTY, id: file.name }, found));
  return [...known, ...rest];
}

const EMPTY: Omit<Service, 'id'> = {
  description: null,
  state: 'unknown',
  load: null,
  active: null,
  sub: null,
  enabled: null,
  mainPid: null,
  startTicks: null,
  sinceMs: null,
  result: null,
  exitStatus: null,
  restarts: null,
  memoryBytes: null,
  cpuMs: null,
  tasks: null,
  file: null,
  pidFile: null,
};

/** /run/nginx.pid and /run/postgresql/15-main.pid belong to the services of these names. */
function belongsTo(file: PidFile, service: string): boolean {
  return file.name === service || file.name === `${service}d` || file.path.split('/').at(-2) === service;
}

function withProcess(service: Service, found: ReturnType<typeof processOfFile>): Service {
  const { pidFile, process } = found;
  if (process === null) {
    // What has left its file behind and is gone was not stopped: a script that stops a service removes the file.
    return { ...service, pidFile, state: service.state === 'running' ? 'failed' : service.state };
  }
  return { ...service, pidFile, state: 'running', mainPid: process.pid, startTicks: process.startTicks };
}

/** Scripts of /etc/init.d; OpenRC keeps in /run/openrc which of them it has started. */
function scripts(manager: Manager, texts: FileTexts): readonly Service[] {
  const names = namesIn(texts, '/etc/init.d').filter((name) => !name.startsWith('.') && !NO_SERVICES.has(name));
  const enabled = enabledNames(texts);
  return names.map((name): Service => {
    const state = manager === 'openrc' ? openrcState(texts, name) : 'unknown';
    const starts = enabled === null ? null : enabled.has(name) ? 'enabled' : 'disabled';
    return { ...EMPTY, id: name, state, enabled: starts, file: `/etc/init.d/${name}` };
  });
}

const NO_SERVICES = new Set([
  'README',
  'skeleton',
  'functions',
  'functions.sh',
  'rc',
  'rcS',
  'rc.local',
  'halt',
  'reboot',
]);

const OPENRC_STATES: readonly (readonly [string, Service['state']])[] = [
  ['failed', 'failed'],
  ['starting', 'changing'],
  ['stopping', 'changing'],
  ['started', 'active'],
];

function openrcState(texts: FileTexts, name: string): Service['state'] {
  const found = OPENRC_STATES.find(([folder]) => namesIn(texts, `/run/openrc/${folder}`).includes(name));
  return found?.[1] ?? 'inactive';
}

/** Links of the run levels: S20nginx in /etc/rc2.d, or nginx in /etc/runlevels/default. null where there are none. */
function enabledNames(texts: FileTexts): ReadonlySet<string> | null {
  const names = new Set<string>();
  let found = false;
  for (const path of texts.keys()) {
    if (!/^\/etc\/(?:rc\d\.d|rc\.d\/rc\d\.d|runlevels\/[^/]+)$/.test(path)) continue;
    found = true;
    for (const name of namesIn(texts, path)) {
      if (path.startsWith('/etc/runlevels/')) names.add(name);
      else if (/^S\d\d/.test(name)) names.add(name.slice(3));
    }
  }
  return found ? names : null;
}

export function namesIn(texts: FileTexts, folder: string): readonly string[] {
  const content = texts.get(folder);
  return content === undefined || isFailure(content) || content === '' ? [] : content.split('\0');
}

const SUPERVISED = /^(\/.+)\/([^/]+)\/supervise\/stat$/;

/** supervise/stat holds 'run', 'down', 'finish' and what is wanted; pid the number. Only root may read them. */
function runitServices(texts: FileTexts): readonly Service[] {
  const services = new Map<string, Service>();
  for (const [path, content] of texts) {
    const [, folder, name] = SUPERVISED.exec(path) ?? [];
    if (folder === undefined || name === undefined || services.has(name)) continue;
    const stat = isFailure(content) ? null : content.trim();
    const pid = count(singleValue(texts.get(`${folder}/${name}/supervise/pid`)) ?? undefined);
    const mainPid = pid === 0 ? null : pid;
    services.set(name, {
      ...EMPTY,
      id: name,
      state: runitState(stat),
      sub: stat,
      mainPid,
      file: `${folder}/${name}/run`,
    });
  }
  return [...services.values()];
}

function runitState(stat: string | null): Service['state'] {
  if (stat === null || stat === '') return 'unknown';
  if (stat.startsWith('run')) return 'running';
  if (stat.startsWith('finish')) return 'changing';
  return stat.includes('want up') ? 'restarting' : 'inactive';
}
