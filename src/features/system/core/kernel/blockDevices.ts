import type { FileTexts } from '../../../../machine/machine';
import type { DiskCounters } from './diskstats';
import { count, singleValue } from './text';

/** What /sys/block tells of a device, see Documentation/ABI/stable/sysfs-block of the kernel. */
export interface BlockFacts {
  readonly sizeBytes: number | null;
  readonly model: string | null;
  /** false for SSDs and NVMe. */
  readonly rotational: boolean | null;
  /** The name that a volume manager gave it, such as vg0-root. */
  readonly alias: string | null;
  /** The devices that it is made of (md, dm): their figures contain the same traffic once more. */
  readonly madeOf: readonly string[];
}

const SIZE = /^\/sys\/block\/([^/]+)\/size$/;
const SLAVE = /^\/sys\/block\/([^/]+)\/slaves\/([^/]+)\/dev$/;

export type BlockFactsByName = ReadonlyMap<string, BlockFacts>;

/** Whole devices by name; partitions are not in /sys/block. A sign in the name that is a slash in /sys is '!' there. */
export function blockFacts(texts: FileTexts): BlockFactsByName {
  const slaves = new Map<string, string[]>();
  for (const path of texts.keys()) {
    const [, name, slave] = SLAVE.exec(path) ?? [];
    if (name === undefined || slave === undefined) continue;
    slaves.set(name, [...(slaves.get(name) ?? []), slave.replaceAll('!', '/')]);
  }
  const facts = new Map<string, BlockFacts>();
  for (const path of texts.keys()) {
    const folder = SIZE.exec(path)?.[1];
    if (folder !== undefined) facts.set(folder.replaceAll('!', '/'), factsOf(texts, folder, slaves.get(folder) ?? []));
  }
  return facts;
}

function factsOf(texts: FileTexts, name: string, madeOf: readonly string[]): BlockFacts {
  const value = (file: string): string | null => singleValue(texts.get(`/sys/block/${name}/${file}`));
  const sectors = count(value('size') ?? undefined);
  const rotational = value('queue/rotational');
  return {
    sizeBytes: sectors === null ? null : sectors * 512,
    model: value('device/model'),
    rotational: rotational === null ? null : rotational === '1',
    alias: value('dm/name') ?? value('md/array_name'),
    madeOf: [...madeOf].sort(),
  };
}

/**
 * The devices worth a row: whole ones that have a size or have worked; no idle RAM disks, no read-only loop devices.
 * Where /sys/block cannot be read, a name that is another one's with a number behind it is a partition.
 */
export function listedDisks(disks: readonly DiskCounters[], facts: BlockFactsByName): readonly DiskCounters[] {
  const names = new Set(disks.map((disk) => disk.name));
  return disks.filter((disk) => {
    const known = facts.get(disk.name);
    if (known === undefined && (facts.size > 0 || isPartition(disk.name, names))) return false;
    // Never written: the images that snaps and the like are mounted from.
    if (disk.name.startsWith('loop')) return (disk.writes ?? 0) > 0;
    const idle = (disk.reads ?? 0) + (disk.writes ?? 0) === 0;
    return !idle || (!/^(ram|zram|fd|sr|nbd)\d+$/.test(disk.name) && known?.sizeBytes !== 0);
  });
}

/** sda1 of sda, nvme0n1p2 of nvme0n1. */
function isPartition(name: string, names: ReadonlySet<string>): boolean {
  const [, plain, withDigit] = /^(?:(.*\d)p\d+|(.*[a-z])\d+)$/.exec(name) ?? [];
  const whole = plain ?? withDigit;
  return whole !== undefined && names.has(whole);
}
