import * as l10n from '@vscode/l10n';
import { isFailure, type FileTexts, type ReadItem } from '../../../../machine/machine';
import { parseAuxv, USUAL_UNITS, type KernelUnits } from '../kernel/clockTicks';
import { parseMeminfo } from '../kernel/meminfo';
import { parseProcessStatus } from '../kernel/processStatus';
import { parseStat } from '../kernel/stat';
import { parseTerminalDrivers, type TerminalDriver } from '../kernel/terminal';
import { parseUptime } from '../kernel/uptime';

/** What is the same for all processes of a machine, and seldom changes. */
export interface HostFacts {
  readonly units: KernelUnits;
  readonly bootTimeMs: number | null;
  readonly memoryTotalBytes: number | null;
  readonly terminals: readonly TerminalDriver[];
  /** The size of /proc/self/fd, which has entries: 0 tells that this kernel does not count them there. */
  readonly countsNames: boolean;
  /** /proc/self/status has memory, which it does not tell apart: before Linux 4.5, another file has to tell it. */
  readonly needsStatm: boolean;
  readonly problems: readonly string[];
}

export const UPTIME_FILE = '/proc/uptime';
export const PASSWD_FILE = '/etc/passwd';
const OWN_STATUS = '/proc/self/status';
export const HOST_ITEMS: readonly ReadItem[] = [
  '/proc/self/auxv',
  '/proc/stat',
  '/proc/meminfo',
  '/proc/tty/drivers',
  PASSWD_FILE,
  { path: '/proc/self/fd', what: 'stat' },
  OWN_STATUS,
];

/** They come before the processes, part by part. */
export function hasHostTexts(texts: FileTexts): boolean {
  return texts.has(OWN_STATUS);
}

export function hostFactsOf(texts: FileTexts): HostFacts {
  const textOf = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const bootSeconds = parseStat(textOf('/proc/stat'))?.bootTimeSeconds ?? null;
  return {
    units: parseAuxv(textOf('/proc/self/auxv')) ?? USUAL_UNITS,
    bootTimeMs: bootSeconds === null ? null : bootSeconds * 1000,
    memoryTotalBytes: parseMeminfo(textOf('/proc/meminfo'), null)?.totalBytes ?? null,
    terminals: parseTerminalDrivers(textOf('/proc/tty/drivers')),
    countsNames: Number(textOf('/proc/self/fd').split(' ')[2] ?? 0) === 0,
    needsStatm: textOf(OWN_STATUS) !== '' && parseProcessStatus(textOf(OWN_STATUS)).memory === null,
    problems: problemsOf(texts, bootSeconds),
  };
}

export function uptimeOf(texts: FileTexts): number | null {
  const content = texts.get(UPTIME_FILE);
  return typeof content === 'string' ? parseUptime(content) : null;
}

function problemsOf(texts: FileTexts, bootSeconds: number | null): readonly string[] {
  const problems: string[] = [];
  if (bootSeconds === null)
    problems.push(l10n.t('When processes started is not known: {0}', reason(texts, '/proc/stat')));
  const memory = texts.get('/proc/meminfo');
  if (typeof memory !== 'string') {
    problems.push(l10n.t('Shares of memory are not known: {0}', reason(texts, '/proc/meminfo')));
  }
  return problems;
}

function reason(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return l10n.t('{0}: {1}', path, isFailure(content) ? content.message : l10n.t('is not in the expected form'));
}
