import type { ProcessTable } from '../control/family';
import type { ProcessStat } from '../kernel/processStat';

/** From the parent up to pid 1. A parent cannot have started later than its child: then its number was given anew. */
export function parentsOf(stat: ProcessStat, table: ProcessTable): readonly ProcessStat[] {
  const parents: ProcessStat[] = [];
  const seen = new Set([stat.pid]);
  for (let child = stat; ;) {
    const parent = table.get(child.parentPid);
    if (parent === undefined || seen.has(parent.pid) || parent.startTicks > child.startTicks) return parents;
    parents.push(parent);
    seen.add(parent.pid);
    child = parent;
  }
}
