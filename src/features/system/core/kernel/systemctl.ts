import { utcTime } from './loginctl';
import { count } from './text';

/** A line of `systemctl list-units`. */
export interface UnitLine {
  readonly id: string;
  /** loaded, not-found, masked, bad-setting, error … */
  readonly load: string;
  /** active, reloading, inactive, failed, activating, deactivating … */
  readonly active: string;
  /** running, exited, dead, auto-restart, waiting, listening, mounted … */
  readonly sub: string;
  readonly description: string;
}

/** JSON since systemd 246; older ones print a table whatever was asked for. null when it is neither. */
export function parseUnits(text: string): readonly UnitLine[] | null {
  const rows = jsonRows(text);
  if (rows === null) return null;
  if (rows === 'table') return text.split('\n').flatMap((line) => unitOfLine(line) ?? []);
  return rows.flatMap((row) => {
    const { unit, load, active, sub, description } = row;
    if (!isUnitName(unit)) return [];
    return [{ id: unit, load: word(load), active: word(active), sub: word(sub), description: word(description) }];
  });
}

/** 'nginx.service loaded active running A high performance web server', a failed one with a bullet before it. */
function unitOfLine(line: string): UnitLine | null {
  const found = /^[●*○↻×x]?\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/u.exec(line);
  const [, id, load = '', active = '', sub = '', description = ''] = found ?? [];
  return isUnitName(id) && ACTIVE_STATES.has(active)
    ? { id, load, active, sub, description: description.trim() }
    : null;
}

const ACTIVE_STATES = new Set([
  'active',
  'reloading',
  'inactive',
  'failed',
  'activating',
  'deactivating',
  'maintenance',
  'refreshing',
]);

/** A line of `systemctl list-unit-files`. */
export interface UnitFileLine {
  readonly id: string;
  /** enabled, disabled, static, masked, generated, indirect, alias … */
  readonly state: string;
  readonly preset: string | null;
}

export function parseUnitFiles(text: string): readonly UnitFileLine[] | null {
  const rows = jsonRows(text);
  if (rows === null) return null;
  if (rows === 'table') {
    return text.split('\n').flatMap((line) => {
      const [id, state, preset] = line.trim().split(/\s+/);
      if (!isUnitName(id) || state === undefined) return [];
      return [{ id, state, preset: preset === undefined || preset === '-' ? null : preset }];
    });
  }
  return rows.flatMap((row) => {
    const { unit_file: id, state, preset = row['vendor_preset'] } = row;
    return isUnitName(id) ? [{ id, state: word(state), preset: typeof preset === 'string' ? preset : null }] : [];
  });
}

type Row = Readonly<Record<string, unknown>>;

function jsonRows(text: string): readonly Row[] | 'table' | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return 'table';
  try {
    const parsed: unknown = JSON.parse(trimmed);
    return Array.isArray(parsed) ? parsed.filter((row): row is Row => typeof row === 'object' && row !== null) : null;
  } catch {
    return null;
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The characters of systemd.unit(5), with the ending of one of its types. */
function isUnitName(text: unknown): text is string {
  return typeof text === 'string' && UNIT_NAME.test(text);
}
const UNIT_NAME =
  /^[A-Za-z0-9:_.@\\-]{1,255}\.(service|socket|timer|mount|automount|swap|target|path|slice|scope|device|snapshot)$/;

/** The blocks of `systemctl show PATTERN …`, with an empty line between them, by Id. */
export function parseProperties(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const units = new Map<string, ReadonlyMap<string, string>>();
  for (const block of text.split(/\n\n+/)) {
    const properties = propertyLines(block);
    const id = properties.get('Id');
    if (isUnitName(id)) units.set(id, properties);
  }
  return units;
}

/** One block: what `systemctl show` prints of the manager itself. */
export function propertyLines(block: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of block.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) properties.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return properties;
}

const UINT64_MAX = '18446744073709551615';

/** A counter; null for '[not set]', 'infinity' and the greatest number, which all mean that there is none. */
export function propertyNumber(text: string | undefined): number | null {
  return text === UINT64_MAX ? null : count(text);
}

/** A time as systemctl prints it with TZ=UTC. */
export function propertyTime(text: string | undefined): number | null {
  return utcTime(text);
}

const SPANS: Readonly<Record<string, number>> = {
  y: 31_557_600_000,
  month: 2_629_800_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  μs: 0.001,
};

/** '1d 2h 3min 4.5s' in milliseconds, see systemd.time(7); null for 'infinity', 'n/a' and others. */
export function parseTimeSpan(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  if (text === '0') return 0;
  let milliseconds = 0;
  for (const part of text.split(' ')) {
    const found = /^(\d+(?:\.\d+)?)([a-zμ]+)$/.exec(part);
    const unit = SPANS[found?.[2] ?? ''];
    if (found === null || unit === undefined) return null;
    milliseconds += Number(found[1]) * unit;
  }
  return milliseconds;
}
