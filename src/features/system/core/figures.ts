import * as l10n from '@vscode/l10n';

/*
 * Short figures for trees and the status bar, where a report's formatter does not reach. Both languages of the
 * extension write numbers alike.
 */

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const UNKNOWN = '–';

/** Three significant digits at most: 3.12 GiB, 23.4 GiB, 512 MiB. A dash when it is not known. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${numberText(value, unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${BYTE_UNITS[unit] ?? ''}`;
}

export function rateText(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? UNKNOWN : `${bytesText(bytesPerSecond)}/s`;
}

export function percentText(percent: number | null): string {
  if (percent === null) return UNKNOWN;
  return `${numberText(percent, percent > 0 && percent < 10 ? 1 : 0)}%`;
}

export function hertzText(hertz: number | null): string {
  return hertz === null ? UNKNOWN : `${numberText(hertz / 1e9, 2)} GHz`;
}

export function numberText(value: number, decimals: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: decimals }).format(value);
}

/** The two largest parts, cut: 3 d 4 h. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return l10n.t('{0} d {1} h', days, hours % 24);
  if (hours > 0) return l10n.t('{0} h {1} min', hours, minutes % 60);
  return minutes > 0
    ? l10n.t('{0} min {1} s', minutes, Math.floor(seconds % 60))
    : l10n.t('{0} s', Math.floor(seconds));
}
