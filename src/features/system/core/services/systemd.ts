import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import {
  parseProperties,
  parseUnitFiles,
  parseUnits,
  propertyLines,
  propertyNumber,
  propertyTime,
  type UnitFileLine,
  type UnitLine,
} from '../kernel/systemctl';
import type { Service, ServicesInput, ServiceState, Timer } from './schema';
import { timersOf } from './timers';
import { machineName } from '../machineName';

export interface SystemdRead {
  readonly services: readonly Service[];
  readonly timers: readonly Timer[];
  readonly version: string | null;
  readonly systemState: string | null;
  readonly problems: readonly string[];
}

const UNIT_PROPERTIES = [
  'Id',
  'Description',
  'LoadState',
  'ActiveState',
  'SubState',
  'UnitFileState',
  'MainPID',
  'ExecMainStatus',
  'Result',
  'NRestarts',
  'ActiveEnterTimestamp',
  'StateChangeTimestamp',
  'MemoryCurrent',
  'CPUUsageNSec',
  'TasksCurrent',
  'FragmentPath',
  'Unit',
  'NextElapseUSecRealtime',
  'NextElapseUSecMonotonic',
  'LastTriggerUSec',
].join(',');

const DEADLINE_MS = 10_000;

/** Four programs at the same time, none of which changes anything or asks for a password. */
export async function readSystemd(
  machine: Machine,
  type: ServicesInput['type'],
  bootedAtMs: number | null,
  signal: AbortSignal,
): Promise<SystemdRead> {
  const problems: string[] = [];
  const ask = (...words: readonly string[]): Promise<string | null> => systemctl(machine, words, problems, signal);
  // Devices are many and have no properties that anybody asks for here.
  const patterns = type === 'all' ? EVERY_TYPE : [...new Set(['*.service', '*.timer', `*.${type}`])];
  const [manager, lists, shown] = await Promise.all([
    ask('show', '--property=Version,SystemState'),
    readUnitLists(machine, signal),
    ask('show', `--property=${UNIT_PROPERTIES}`, '--', ...patterns),
  ]);
  const properties = parseProperties(shown ?? '');
  const merged = mergedUnits(lists.units, lists.files, properties);
  const about = propertyLines(manager ?? '');
  return {
    services: merged.filter(({ id }) => !id.endsWith('.device')),
    timers: timersOf(properties, bootedAtMs),
    version: about.get('Version') || null,
    systemState: about.get('SystemState') || null,
    problems: [...new Set([...lists.problems, ...problems])],
  };
}

/** Units that are loaded and unit files that are installed; null for a list that systemctl did not give. */
export async function readUnitLists(
  machine: Machine,
  signal: AbortSignal,
): Promise<{
  readonly units: readonly UnitLine[] | null;
  readonly files: readonly UnitFileLine[] | null;
  readonly problems: readonly string[];
}> {
  const problems: string[] = [];
  const [units, files] = await Promise.all([
    systemctl(machine, LIST_UNITS, problems, signal),
    systemctl(machine, LIST_FILES, problems, signal),
  ]);
  return {
    units: units === null ? null : parseUnits(units),
    files: files === null ? null : parseUnitFiles(files),
    problems: [...new Set(problems)],
  };
}

const LIST_UNITS = ['list-units', '--all', '--full', '--plain', '--no-legend', '--output=json'];
const LIST_FILES = ['list-unit-files', '--full', '--no-legend', '--output=json'];

const EVERY_TYPE = ['service', 'socket', 'timer', 'mount', 'automount', 'swap', 'target', 'path', 'slice', 'scope'].map(
  (type) => `*.${type}`,
);

/** What it prints, or null and a line about why there is nothing. */
async function systemctl(
  machine: Machine,
  words: readonly string[],
  problems: string[],
  signal: AbortSignal,
): Promise<string | null> {
  const command = ['systemctl', '--no-pager', '--no-ask-password', ...words];
  const env = { TZ: 'UTC', SYSTEMD_COLORS: '0', SYSTEMD_LESS: '', SYSTEMCTL_SKIP_SYSV: '1' };
  try {
    const { exitCode, stdout, stderr } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS, env });
    const text = new TextDecoder().decode(stdout);
    if (exitCode === 0 || text.trim() !== '') return text;
    const reason = new TextDecoder().decode(stderr).trim().split('\n').at(-1) ?? '';
    problems.push(l10n.t('systemctl {0} on {1}: {2}', words[0] ?? '', machineName(machine.name), reason));
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    problems.push(error.message);
  }
  return null;
}

type Properties = ReadonlyMap<string, string>;

/** Every unit that one of the three sources names; templates, which nothing can run, are left out. */
export function mergedUnits(
  units: readonly UnitLine[] | null,
  files: readonly UnitFileLine[] | null,
  properties: ReadonlyMap<string, Properties>,
): Service[] {
  const lines = new Map((units ?? []).map((line) => [line.id, line]));
  const states = new Map((files ?? []).map((file) => [file.id, file.state]));
  const ids = new Set([...lines.keys(), ...properties.keys(), ...states.keys()]);
  return [...ids]
    .filter((id) => !id.includes('@.') && states.get(id) !== 'alias')
    .map((id) => serviceOf(id, lines.get(id), properties.get(id), states.get(id)));
}

function serviceOf(
  id: string,
  line: UnitLine | undefined,
  properties: Properties | undefined,
  fileState: string | undefined,
): Service {
  const text = (name: string): string | null => properties?.get(name) || null;
  const number = (name: string): number | null => propertyNumber(properties?.get(name));
  const load = line?.load ?? text('LoadState');
  const active = line?.active ?? text('ActiveState') ?? 'inactive';
  const sub = line?.sub ?? text('SubState') ?? 'dead';
  const cpuNanoseconds = number('CPUUsageNSec');
  const mainPid = number('MainPID') || null;
  return {
    id,
    description: (line?.description ?? text('Description')) || null,
    state: stateOf(load, active, sub, mainPid),
    load,
    active,
    sub,
    enabled: fileState ?? text('UnitFileState'),
    mainPid,
    startTicks: null,
    sinceMs: propertyTime(properties?.get(active === 'active' ? 'ActiveEnterTimestamp' : 'StateChangeTimestamp')),
    result: text('Result'),
    exitStatus: properties?.has('ExecMainStatus') === true && mainPid === null ? number('ExecMainStatus') : null,
    restarts: number('NRestarts'),
    memoryBytes: number('MemoryCurrent'),
    cpuMs: cpuNanoseconds === null ? null : Math.round(cpuNanoseconds / 1e6),
    tasks: number('TasksCurrent'),
    file: text('FragmentPath'),
    pidFile: null,
  };
}

export function stateOf(load: string | null, active: string, sub: string, mainPid: number | null): ServiceState {
  if (active === 'failed') return 'failed';
  if (sub === 'auto-restart' || sub === 'auto-restart-queued') return 'restarting';
  if (active === 'activating' || active === 'deactivating' || active === 'reloading' || active === 'refreshing')
    return 'changing';
  if (active === 'active') return sub === 'running' || mainPid !== null ? 'running' : 'active';
  return load === 'not-found' ? 'not-found' : 'inactive';
}
