import type { ReadItem, ReadWhat } from '../machine';
import { isPattern } from './pattern';

/** Items that share their pattern up to the last segment with a wildcard: '/proc/[0-9]*' of '/proc/[0-9]*' + '/stat'. */
export interface ReadGroup {
  readonly index: number;
  /** Of the first of its items. */
  readonly itemIndex: number;
  /** Without wildcards it is the path of one item, which is alone then. */
  readonly pattern: string;
  readonly members: readonly ReadMember[];
}

export interface ReadMember {
  readonly itemIndex: number;
  /** What follows the pattern: '/stat', or ''. */
  readonly rest: string;
  readonly what: ReadWhat | 'text';
}

/** Items that follow one another and share their pattern. */
export function groupsOf(items: readonly ReadItem[]): readonly ReadGroup[] {
  const groups: { index: number; itemIndex: number; pattern: string; members: ReadMember[] }[] = [];
  for (const [itemIndex, item] of items.entries()) {
    const rest = restOf(item);
    const pattern = pathOf(item).slice(0, pathOf(item).length - rest.length);
    const member = { itemIndex, rest, what: typeof item === 'string' ? ('text' as const) : item.what };
    const last = groups.at(-1);
    if (last?.pattern === pattern && rest !== '') last.members.push(member);
    else groups.push({ index: groups.length, itemIndex, pattern, members: [member] });
  }
  return groups;
}

export function pathOf(item: ReadItem): string {
  return typeof item === 'string' ? item : item.path;
}

/** What follows the last segment with a wildcard; '' where there is none. */
export function restOf(item: ReadItem): string {
  const path = pathOf(item);
  if (!isPattern(path)) return '';
  const slash = path.indexOf('/', Math.max(path.lastIndexOf('*'), path.lastIndexOf('[0-9]')));
  return slash < 0 ? '' : path.slice(slash);
}
