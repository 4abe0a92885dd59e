import { kindOfLetter } from '../../../../machine/fileKinds';
import type { FileKind } from '../../../../machine/machine';
import { count } from './text';

/** What `readMany` tells of a path with `what: 'stat'`: nine words, see ReadWhat. */
export interface StatText {
  readonly kind: FileKind;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Major and minor number of the file system, such as 254:0. */
  readonly device: string;
  /** Digits: on some file systems they go beyond 2^53, where numbers would be taken for one another. */
  readonly inode: string;
  /** 0 for a file that was deleted and is still open. */
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
  /** Since 1970 UTC. */
  readonly modifiedSeconds: number;
}

/** null when the text is not of that form. */
export function parseStatText(text: string): StatText | null {
  const [letter = '', bits = '', size, device = '', inode = '', links, uid, gid, time = ''] = text.trim().split(' ');
  const kind = kindOfLetter(letter);
  const numbers = [count(size), count(links), count(uid), count(gid)] as const;
  if (kind === undefined || !/^[0-7]+$/.test(bits) || !/^\d+:\d+$/.test(device) || !/^\d+$/.test(inode)) return null;
  const [sizeBytes, linkCount, owner, group] = numbers;
  if (sizeBytes === null || linkCount === null || owner === null || group === null) return null;
  if (!/^-?\d+(\.\d+)?$/.test(time)) return null;
  return {
    kind,
    mode: Number.parseInt(bits, 8),
    sizeBytes,
    device,
    inode,
    links: linkCount,
    uid: owner,
    gid: group,
    modifiedSeconds: Number(time),
  };
}

/** Tells a file for good, whatever its name: device and inode. */
export function fileKey({ device, inode }: Pick<StatText, 'device' | 'inode'>): string {
  return `${device} ${inode}`;
}
