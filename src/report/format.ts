import * as l10n from '@vscode/l10n';
import type { Cell, Status, Unit } from './model';
import { createNumbers, type Numbers } from './numbers';

export interface PrintOptions {
  /** BCP 47; one that Intl does not know is read as English. */
  readonly locale: string;
  /** IANA name; without it, or when it is unknown, the machine's own. */
  readonly timeZone?: string;
}

/** What stands where there is nothing to tell. */
export const NOTHING = '—';

/** Keeps its Intl objects: make one for a whole report, and 100,000 cells are cheap. */
export interface Formatter {
  /** NaN, infinities and times beyond the calendar become a dash. Never throws. */
  value(value: number, unit: Unit): string;
  /** `unit` is that of the column or fact; a number without any is grouped digits. */
  cell(cell: Cell, unit: Unit | undefined): string;
}

export function createFormatter(options: PrintOptions): Formatter {
  const numbers = createNumbers(options.locale, options.timeZone);
  const value = (amount: number, unit: Unit): string =>
    Number.isFinite(amount) ? (finite(amount === 0 ? 0 : amount, unit, numbers) ?? NOTHING) : NOTHING;
  return {
    value,
    cell(cell, unit) {
      if (cell === null) return NOTHING;
      if (typeof cell === 'string') return cell;
      if (typeof cell === 'number') return value(cell, unit ?? 'number');
      if (cell.text !== undefined) return cell.text;
      if (cell.value !== undefined) return value(cell.value, cell.unit ?? unit ?? 'number');
      return cell.status === undefined ? NOTHING : statusWord(cell.status);
    },
  };
}

/** One value; for many, make a formatter. */
export function formatValue(value: number, unit: Unit, options: PrintOptions): string {
  return createFormatter(options).value(value, unit);
}

/** One cell as it is read; its status is not in it. For many, make a formatter. */
export function cellText(cell: Cell, unit: Unit | undefined, options: PrintOptions): string {
  return createFormatter(options).cell(cell, unit);
}

/** What a cell is sorted by: its number before its text. */
export function cellSortKey(cell: Cell): number | string | null {
  const key = cell !== null && typeof cell === 'object' ? (cell.value ?? cell.text ?? null) : cell;
  return typeof key === 'number' && Number.isNaN(key) ? null : key;
}

export function statusWord(status: Status): string {
  switch (status) {
    case 'ok':
      return l10n.t('OK');
    case 'info':
      return l10n.t('Info');
    case 'warning':
      return l10n.t('Warning');
    case 'error':
      return l10n.t('Error');
    case 'unknown':
      return l10n.t('Unknown');
  }
}

/** One character that goes with the word, or stands for it where there is no room. */
export function statusSymbol(status: Status): string {
  const symbols: Readonly<Record<Status, string>> = { ok: '✓', info: 'ℹ', warning: '⚠', error: '✗', unknown: '?' };
  return symbols[status];
}

/** The unit as it stands in a column heading over raw numbers; empty where a number needs none. */
export function unitName(unit: Unit): string {
  const names: Readonly<Record<Unit, string>> = {
    number: '',
    percent: '%',
    bytes: 'B',
    bytesPerSecond: 'B/s',
    perSecond: '1/s',
    milliseconds: 'ms',
    seconds: 's',
    time: 'ISO 8601',
    hertz: 'Hz',
    celsius: '°C',
    rpm: 'rpm',
    volts: 'V',
    watts: 'W',
    plain: '',
  };
  return names[unit];
}

function finite(value: number, unit: Unit, numbers: Numbers): string | null {
  switch (unit) {
    case 'number':
      return numbers.grouped(value);
    case 'plain':
      return String(value);
    case 'percent':
      return numbers.percent(value);
    case 'bytes':
      return numbers.binary(value);
    case 'bytesPerSecond':
      return `${numbers.binary(value)}/s`;
    case 'perSecond':
      return l10n.t('{0}/s', numbers.measure(value));
    case 'milliseconds':
      return l10n.t('{0} ms', numbers.measure(value));
    case 'seconds':
      return duration(value, numbers);
    case 'time':
      return numbers.time(value);
    case 'hertz':
      return numbers.hertz(value);
    case 'celsius':
      return `${numbers.measure(value)} °C`;
    case 'rpm':
      return l10n.t('{0} rpm', numbers.measure(value));
    case 'volts':
      return `${numbers.measure(value)} V`;
    case 'watts':
      return `${numbers.measure(value)} W`;
  }
}

/** The two largest parts, cut rather than rounded, so that an uptime never runs ahead. */
function duration(seconds: number, numbers: Numbers): string {
  if (seconds < 0) return `-${duration(-seconds, numbers)}`;
  if (seconds === 0 || seconds >= 0.01) {
    return seconds < 60 ? l10n.t('{0} s', numbers.measure(seconds)) : longDuration(Math.floor(seconds), numbers);
  }
  const milliseconds = seconds * 1000;
  return milliseconds >= 0.01
    ? l10n.t('{0} ms', numbers.measure(milliseconds))
    : l10n.t('{0} µs', numbers.measure(milliseconds * 1000));
}

function longDuration(seconds: number, numbers: Numbers): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return joined(l10n.t('{0} d', numbers.whole(days)), hours % 24, (rest) => l10n.t('{0} h', rest));
  if (hours > 0) return joined(l10n.t('{0} h', hours), minutes % 60, (rest) => l10n.t('{0} min', rest));
  return joined(l10n.t('{0} min', minutes), seconds % 60, (rest) => l10n.t('{0} s', rest));
}

function joined(large: string, rest: number, small: (rest: number) => string): string {
  return rest === 0 ? large : `${large} ${small(rest)}`;
}
