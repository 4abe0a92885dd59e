import { count, wholeLines, words } from './text';

/** Device numbers of one driver of terminals. */
export interface TerminalDriver {
  /** Without /dev/: 'ttyUSB', 'pts'. */
  readonly name: string;
  readonly major: number;
  readonly firstMinor: number;
  readonly lastMinor: number;
}

/** /proc/tty/drivers: driver, path of the device, major number, minor number or range, type. */
export function parseTerminalDrivers(text: string): readonly TerminalDriver[] {
  const drivers: TerminalDriver[] = [];
  for (const line of wholeLines(text)) {
    const [, path = '', majorText, minors = ''] = words(line);
    const [from, to = from] = minors.split('-');
    const [major, firstMinor, lastMinor] = [count(majorText), count(from), count(to)];
    if (!path.startsWith('/dev/') || major === null || firstMinor === null || lastMinor === null) continue;
    drivers.push({ name: path.slice('/dev/'.length).replace(/%d$/, ''), major, firstMinor, lastMinor });
  }
  return drivers;
}

/**
 * The controlling terminal of field 7 of proc_pid_stat(5), as ps(1) prints it: 'pts/3', 'tty1', 'ttyS0', 'console';
 * '4:200' where no driver is known; null without a terminal. Numbers are of the kernel's devices.txt.
 */
export function terminalName(device: number, drivers: readonly TerminalDriver[] = []): string | null {
  if (device === 0) return null;
  // Bits 31 to 20 and 7 to 0 are the minor number, 19 to 8 the major one; the field is a signed number.
  const major = (device >>> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 5 && minor === 1) return 'console';
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  for (const driver of drivers) {
    if (driver.major !== major || minor < driver.firstMinor || minor > driver.lastMinor) continue;
    return driver.firstMinor === driver.lastMinor ? driver.name : `${driver.name}${minor - driver.firstMinor}`;
  }
  return usualName(major, minor) ?? `${major}:${minor}`;
}

function usualName(major: number, minor: number): string | null {
  switch (major) {
    case 166:
      return `ttyACM${minor}`;
    case 188:
      return `ttyUSB${minor}`;
    case 204:
      return minor >= 64 ? `ttyAMA${minor - 64}` : null;
    case 229:
      return `hvc${minor}`;
    default:
      return null;
  }
}
