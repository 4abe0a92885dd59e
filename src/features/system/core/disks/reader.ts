import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileFailure, type FileTexts, type Machine, type Usage } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { mountTable, type MountTable } from '../files/mountTable';
import { resolvePath } from '../files/resolve';
import { parseNodevTypes } from '../kernel/filesystems';
import { percentOf, roundedTo } from '../kernel/numbers';
import { parseUptime } from '../kernel/uptime';
import { chosenMounts, type ChosenMount, type DisksInput } from './chosen';
import { DeletedReader } from './deleted';
import { DEVICE_PATTERNS, deviceFacts } from './deviceFacts';
import { devicesOf, devicesUnder } from './devices';
import { diskFindings } from './findings';
import { growthOf, withReading, type UsedAt } from './growth';
import { parseIoCounters, type IoCounters } from './ioCounters';
import { parseMountOptions } from './mountOptions';
import type { DiskSpace, DisksResult } from './schema';
import { diskSpaceOf } from './space';
import { SpaceReader } from './spaceReader';
import { machineName } from '../machineName';

interface Earlier {
  readonly monotonicMs: number;
  readonly uptimeSeconds: number | null;
  readonly disks: readonly IoCounters[] | null;
}

/** What one reading tells, besides deleted files. */
interface Figures {
  readonly texts: FileTexts;
  readonly now: Earlier;
  readonly table: MountTable;
  readonly chosen: readonly ChosenMount[];
  readonly usage: ReadonlyMap<string, Usage | FileFailure>;
}

/** Reads again and again; keeps what is needed to compare. */
export class DisksReader {
  private readonly space: SpaceReader;
  private earlier: Earlier | null = null;
  private path: string | null = null;
  private readonly deleted: DeletedReader;
  private used: ReadonlyMap<string, readonly UsedAt[]> = new Map();

  constructor(
    private readonly machine: Machine,
    private readonly input: DisksInput,
    private readonly clock: Clock,
  ) {
    this.space = new SpaceReader(machine);
    this.deleted = new DeletedReader(machine, clock);
  }

  async read(signal: AbortSignal): Promise<DisksResult> {
    const asked = this.input.path?.trim() ?? '';
    if (asked !== '') this.path ??= await existingPath(this.machine, asked, signal);
    const [figures] = await Promise.all([this.readFigures(signal), this.deleted.read(signal)]);
    const result = this.resultOf(figures);
    this.earlier = figures.now;
    return result;
  }

  private async readFigures(signal: AbortSignal): Promise<Figures> {
    const paths = ['/proc/self/mountinfo', '/proc/filesystems', '/proc/uptime', '/proc/diskstats', ...DEVICE_PATTERNS];
    const texts = await this.machine.files.readMany(paths, { signal, encoding: 'bytes' });
    const now: Earlier = {
      monotonicMs: this.clock.monotonicMs(),
      uptimeSeconds: parseUptime(textOf(texts, '/proc/uptime')),
      disks: parseIoCounters(textOf(texts, '/proc/diskstats')),
    };
    const table = mountTable(textOf(texts, '/proc/self/mountinfo'));
    const chosen = chosenMounts(table, this.input, this.path);
    const mountPoints = new Set(chosen.filter((one) => !one.hidden).map((one) => one.mount.mountPoint));
    return { texts, now, table, chosen, usage: await this.space.read([...mountPoints], signal) };
  }

  private resultOf({ texts, now, table, chosen, usage }: Figures): DisksResult {
    const takenAtMs = this.clock.nowMs();
    this.used = usedSince(this.used, usage, now.monotonicMs);
    const seconds = this.earlier === null ? null : secondsBetween(this.earlier, now);
    const nodev = textOf(texts, '/proc/filesystems');
    const facts = {
      options: parseMountOptions(textOf(texts, '/proc/self/mountinfo')),
      nodevTypes: nodev === '' ? null : parseNodevTypes(nodev),
      table,
      deleted: this.deleted.files,
      growth: (mountPoint: string) => growthOf(this.used.get(mountPoint) ?? []),
    };
    const { all = false } = this.input;
    const rows = chosen
      .map((one) => diskSpaceOf(one, usage.get(one.mount.mountPoint), facts))
      // Those without any block are pseudo file systems of a type not known as such: df leaves them out.
      .filter((row) => all || this.path !== null || row.totalBytes !== 0);
    const devices = devicesOf(this.earlier?.disks ?? null, now.disks ?? [], seconds, deviceFacts(texts), table.mounts);
    const shown = this.path === null ? devices : devicesUnder(rows[0]?.mountPoint ?? '', devices);
    return {
      machine: this.machine.name,
      takenAtMs,
      measuring: seconds === null,
      intervalSeconds: seconds === null ? null : roundedTo(seconds, 2),
      path: this.path,
      type: this.input.type?.trim() || null,
      all,
      fileSystems: rows,
      total: totalOf(rows),
      devices: [...shown],
      findings: [...diskFindings(rows, shown)],
      deniedProcesses: this.deleted.denied,
      problems: problemsOf(texts),
    };
  }
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

/** By the clock of the machine that was read, where it tells. */
function secondsBetween(before: Earlier, now: Earlier): number | null {
  const waited = (now.monotonicMs - before.monotonicMs) / 1000;
  if (before.uptimeSeconds === null || now.uptimeSeconds === null) return waited > 0 ? waited : null;
  const passed = now.uptimeSeconds - before.uptimeSeconds;
  return passed > 0 ? passed : null;
}

function usedSince(
  before: ReadonlyMap<string, readonly UsedAt[]>,
  usage: ReadonlyMap<string, Usage | FileFailure>,
  atMs: number,
): ReadonlyMap<string, readonly UsedAt[]> {
  const used = new Map<string, readonly UsedAt[]>();
  for (const [path, answer] of usage) {
    const known = before.get(path) ?? [];
    if (isFailure(answer)) used.set(path, known);
    else {
      const usedBytes = answer.totalBytes - answer.freeBytes;
      used.set(path, withReading(known, { atMs, usedBytes, availableBytes: Math.max(0, answer.availableBytes) }));
    }
  }
  return used;
}

function totalOf(rows: readonly DiskSpace[]): DisksResult['total'] {
  const once = rows.filter((row) => !row.again);
  const sum = (of: (row: DiskSpace) => number | null): number => once.reduce((all, row) => all + (of(row) ?? 0), 0);
  const usedBytes = sum((row) => row.usedBytes);
  const availableBytes = sum((row) => row.availableBytes);
  return {
    totalBytes: sum((row) => row.totalBytes),
    usedBytes,
    availableBytes,
    usedPercent: percentOf(usedBytes, usedBytes + availableBytes),
    inodes: sum((row) => row.inodes),
    inodesUsed: sum((row) => row.inodesUsed),
  };
}

function problemsOf(texts: FileTexts): string[] {
  return ['/proc/self/mountinfo', '/proc/diskstats'].flatMap((path) => {
    const content = texts.get(path);
    return isFailure(content) ? [l10n.t('{0}: {1}', path, content.message)] : [];
  });
}

async function existingPath(machine: Machine, asked: string, signal: AbortSignal): Promise<string> {
  const { path, exists } = await resolvePath(machine, asked, signal);
  if (exists !== false) return path;
  throw new ExpectedError(
    'not-found',
    l10n.t('{0} does not exist on {1}. Check the path.', path, machineName(machine.name)),
  );
}
