import type { BigIntStats } from 'node:fs';
import { letterOfKind } from '../fileKinds';
import { kindOf } from './kinds';

const PERMISSION_BITS = 0o7777n;

/** The nine words of ReadWhat 'stat'. Exact, where inode numbers go beyond 2^53. */
export function statWords(stats: BigIntStats): string {
  const { size, dev, ino, nlink, uid, gid, mtimeNs } = stats;
  const mode = (stats.mode & PERMISSION_BITS).toString(8);
  return `${letterOfKind(kindOf(stats))} ${mode} ${size} ${deviceText(dev)} ${ino} ${nlink} ${uid} ${gid} ${secondsOf(mtimeNs)}`;
}

/** How Linux packs a device number: makedev(3). */
export function deviceText(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

/** Whole seconds, rounded down also before 1970. */
function secondsOf(nanoseconds: bigint): bigint {
  const seconds = nanoseconds / 1_000_000_000n;
  return nanoseconds < 0n && nanoseconds % 1_000_000_000n !== 0n ? seconds - 1n : seconds;
}
