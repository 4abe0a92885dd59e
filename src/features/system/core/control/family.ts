import { isKernelThread, type ProcessStat } from '../kernel/processStat';
import type { Scope } from './schema';

/** All processes of a machine at one moment, by pid. */
export type ProcessTable = ReadonlyMap<number, ProcessStat>;

/** A zombie whose last thread is gone; a main thread may end before the others. */
export function hasEnded({ state, threads }: ProcessStat): boolean {
  return state === 'dead' || (state === 'zombie' && threads <= 1);
}

/**
 * A process and its descendants, parents before their children. A child is younger than its parent: one that is older
 * has it from a later owner of the number, and is left out.
 */
export function treeOf(table: ProcessTable, root: ProcessStat): readonly ProcessStat[] {
  const children = childrenByParent(table);
  const found = [root];
  const seen = new Set([root.pid]);
  for (let at = 0; at < found.length; at++) {
    const parent = found[at];
    if (parent === undefined) break;
    for (const child of children.get(parent.pid) ?? []) {
      if (seen.has(child.pid) || child.startTicks < parent.startTicks) continue;
      seen.add(child.pid);
      found.push(child);
    }
  }
  return found;
}

/** The pid itself, its parent, and so on up to the first process. */
export function ancestorsOf(table: ProcessTable, pid: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = pid; at > 0 && !found.has(at); at = table.get(at)?.parentPid ?? 0) found.add(at);
  return found;
}

/** Members of the process group, the root first, then oldest first. */
export function groupOf(table: ProcessTable, root: ProcessStat): readonly ProcessStat[] {
  const others = [...table.values()].filter((one) => one.groupId === root.groupId && one.pid !== root.pid);
  return [root, ...others.sort((one, other) => one.startTicks - other.startTicks || one.pid - other.pid)];
}

/** What an action is done to: what still lives, and can take it. The root is the first. */
export function membersOf(table: ProcessTable, root: ProcessStat, scope: Scope): readonly ProcessStat[] {
  if (scope === 'process' || scope === 'threads') return [root];
  const members = scope === 'tree' ? treeOf(table, root) : groupOf(table, root);
  return members.filter((one) => !hasEnded(one) && !isKernelThread(one));
}

/** Who was there when an action began: what comes later may belong to it as well. */
export interface Family {
  readonly scope: Scope;
  readonly root: ProcessStat;
  /** Start times by pid, of all that belong to it so far. */
  readonly members: ReadonlyMap<number, number>;
  /** The ancestors of the root, which inherit the children of a member that ends. */
  readonly heirs: ReadonlySet<number>;
  /** The youngest start time in the table when the action began. */
  readonly beganTicks: number;
}

/**
 * Those that joined since: children of living members; children whose member has ended meanwhile, as long as they are
 * in a process group that a member of the tree leads; new members of the group.
 */
export function newcomers(table: ProcessTable, family: Family): readonly ProcessStat[] {
  const members = new Map(family.members);
  const found: ProcessStat[] = [];
  const byAge = [...table.values()].sort((one, other) => one.startTicks - other.startTicks || one.pid - other.pid);
  // A child may stand before its parent when both began within one tick.
  for (let grown = true; grown;) {
    grown = false;
    for (const one of byAge) {
      if (members.get(one.pid) === one.startTicks || !belongs(one, { ...family, members }, table)) continue;
      members.set(one.pid, one.startTicks);
      grown = true;
      if (!hasEnded(one) && !isKernelThread(one)) found.push(one);
    }
  }
  return found;
}

function belongs(one: ProcessStat, { scope, root, members, heirs, beganTicks }: Family, table: ProcessTable): boolean {
  if (scope === 'group') return one.groupId === root.groupId && one.startTicks >= beganTicks;
  if (scope !== 'tree') return false;
  const parentTicks = members.get(one.parentPid);
  if (parentTicks !== undefined && table.get(one.parentPid)?.startTicks === parentTicks) {
    return one.startTicks >= parentTicks;
  }
  if (!heirs.has(one.parentPid) || one.startTicks < beganTicks) return false;
  // The number of a group is not given out again while somebody is in it, so a leader that is gone is the member.
  const leaderTicks = members.get(one.groupId);
  return leaderTicks !== undefined && (table.get(one.groupId)?.startTicks ?? leaderTicks) === leaderTicks;
}

export function familyOf(table: ProcessTable, root: ProcessStat, scope: Scope): Family {
  let beganTicks = 0;
  for (const one of table.values()) beganTicks = Math.max(beganTicks, one.startTicks);
  return {
    scope,
    root,
    members: new Map(membersOf(table, root, scope).map((one) => [one.pid, one.startTicks])),
    heirs: ancestorsOf(table, root.parentPid),
    beganTicks,
  };
}

function childrenByParent(table: ProcessTable): ReadonlyMap<number, readonly ProcessStat[]> {
  const children = new Map<number, ProcessStat[]>();
  for (const one of table.values()) {
    const list = children.get(one.parentPid);
    if (list === undefined) children.set(one.parentPid, [one]);
    else list.push(one);
  }
  return children;
}
