import type { FileTexts } from '../../../../machine/machine';
import { blockFacts } from '../kernel/blockDevices';
import { chosenOf } from '../kernel/hugepages';
import { percentOf } from '../kernel/numbers';
import { count, singleValue } from '../kernel/text';
import type { DiskDevice } from './schema';

/** What /sys/block tells, see Documentation/ABI/stable/sysfs-block and admin-guide/md.rst of the kernel. */
export const DEVICE_PATTERNS: readonly string[] = [
  '/sys/block/*/size',
  '/sys/block/*/ro',
  '/sys/block/*/queue/rotational',
  '/sys/block/*/queue/scheduler',
  '/sys/block/*/device/model',
  '/sys/block/*/dm/name',
  '/sys/block/*/slaves/*/dev',
  '/sys/block/*/loop/backing_file',
  '/sys/block/*/md/level',
  '/sys/block/*/md/array_state',
  '/sys/block/*/md/degraded',
  '/sys/block/*/md/sync_action',
  '/sys/block/*/md/sync_completed',
  '/sys/block/*/*/partition',
  '/sys/block/*/*/size',
  '/sys/block/*/*/ro',
];

export type DeviceFacts = Pick<
  DiskDevice,
  | 'kind'
  | 'alias'
  | 'parent'
  | 'madeOf'
  | 'model'
  | 'sizeBytes'
  | 'rotational'
  | 'scheduler'
  | 'readOnly'
  | 'raid'
  | 'backingFile'
>;

const SECTOR_BYTES = 512;

/** Disks and partitions by name. */
export function deviceFacts(texts: FileTexts): ReadonlyMap<string, DeviceFacts> {
  const facts = new Map<string, DeviceFacts>();
  for (const [name, known] of blockFacts(texts)) {
    const value = valueIn(texts, `/sys/block/${name.replaceAll('/', '!')}`);
    const only = known.madeOf.length === 1 ? known.madeOf[0] : undefined;
    facts.set(name, {
      ...known,
      madeOf: [...known.madeOf],
      kind: kindOf(name),
      parent: only ?? null,
      scheduler: chosenOf(value('queue/scheduler')) ?? value('queue/scheduler'),
      readOnly: flagOf(value('ro')),
      raid: raidOf(value),
      backingFile: value('loop/backing_file'),
    });
  }
  for (const path of texts.keys()) {
    const [, disk, partition] = /^\/sys\/block\/([^/]+)\/([^/]+)\/partition$/.exec(path) ?? [];
    if (disk === undefined || partition === undefined) continue;
    const value = valueIn(texts, `/sys/block/${disk}/${partition}`);
    const parent = disk.replaceAll('!', '/');
    const sectors = count(value('size') ?? undefined);
    facts.set(partition.replaceAll('!', '/'), {
      kind: 'partition',
      alias: null,
      parent,
      madeOf: [],
      model: null,
      sizeBytes: sectors === null ? null : sectors * SECTOR_BYTES,
      rotational: facts.get(parent)?.rotational ?? null,
      scheduler: null,
      readOnly: flagOf(value('ro')),
      raid: null,
      backingFile: null,
    });
  }
  return facts;
}

function valueIn(texts: FileTexts, folder: string): (file: string) => string | null {
  return (file) => singleValue(texts.get(`${folder}/${file}`));
}

function flagOf(value: string | null): boolean | null {
  return value === null ? null : value === '1';
}

function kindOf(name: string): DiskDevice['kind'] {
  if (/^md/.test(name)) return 'md';
  if (/^dm-/.test(name)) return 'dm';
  if (/^loop/.test(name)) return 'loop';
  if (/^(zram|ram)/.test(name)) return 'zram';
  if (/^(sr|scd)\d/.test(name)) return 'optical';
  return /^(fd|nbd|mtdblock)\d/.test(name) ? 'other' : 'disk';
}

/** `sync_completed` is `done / all` in sectors, or `none`. */
function raidOf(value: (file: string) => string | null): DiskDevice['raid'] {
  const level = value('md/level');
  const state = value('md/array_state');
  if (level === null && state === null) return null;
  const action = value('md/sync_action');
  const [, done, all] = /^(\d+) \/ (\d+)$/.exec(value('md/sync_completed') ?? '') ?? [];
  return {
    level,
    state,
    missing: count(value('md/degraded') ?? undefined),
    sync: action === 'idle' ? null : action,
    syncPercent: percentOf(count(done), count(all)),
  };
}
