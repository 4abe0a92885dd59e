import type { FileTexts } from '../../../../machine/machine';
import { parseLinkTarget } from '../kernel/processArguments';

/** What a descriptor's link says, before the file itself was asked. */
export interface FdLink {
  readonly fd: number;
  /** As it stands there, every character a byte. */
  readonly target: string;
  /** Decoded, without the kernel's remark that it was deleted. */
  readonly path: string;
  /** The remark stands there; a file may also be named so. */
  readonly marked: boolean;
  readonly group: 'socket' | 'pipe' | 'anonymous' | 'namespace' | 'memory' | 'path';
}

/** Of the process whose folder this is, ascending. */
export function fdLinksOf(texts: FileTexts, pid: number): readonly FdLink[] {
  const folder = `/proc/${pid}/fd`;
  const names = texts.get(folder);
  if (typeof names !== 'string') return [];
  const links = names.split('\0').flatMap((name): readonly FdLink[] => {
    const target = texts.get(`${folder}/${name}`);
    if (typeof target !== 'string' || !/^\d+$/.test(name)) return [];
    const { path, deleted } = parseLinkTarget(target);
    return [{ fd: Number(name), target, path, marked: deleted, group: groupOf(target) }];
  });
  return links.sort((one, other) => one.fd - other.fd);
}

function groupOf(target: string): FdLink['group'] {
  if (target.startsWith('/')) return target.startsWith('/memfd:') ? 'memory' : 'path';
  if (target.startsWith('socket:[')) return 'socket';
  if (target.startsWith('pipe:[')) return 'pipe';
  return /^[a-z_]+:\[\d+\]$/.test(target) && !target.startsWith('anon_inode') ? 'namespace' : 'anonymous';
}

/** Those that rows are made of: files that were deleted hold space, so they come first to be kept. */
export function shownLinks(links: readonly FdLink[], most: number): readonly FdLink[] {
  if (links.length <= most) return links;
  const kept = [...links].sort((one, other) => Number(other.marked) - Number(one.marked) || one.fd - other.fd);
  return kept.slice(0, most).sort((one, other) => one.fd - other.fd);
}
