import type { FileTexts } from '../../../../machine/machine';
import { parseNamespaceLink } from '../kernel/namespaces';

/** A network namespace and a process that is in it. */
export interface Place {
  /** Its number, as in /proc/PID/ns/net. */
  readonly id: string;
  readonly pid: number;
}

/**
 * All but the own one, each by its process with the least pid. One without a process, as `ip netns add` makes it, cannot
 * be looked into this way. Links that are denied tell of none.
 */
export function otherNamespaces(texts: FileTexts, ownPath: string): readonly Place[] {
  const own = texts.get(ownPath);
  const pids = new Map<string, number>();
  for (const [path, target] of texts) {
    const pid = Number(/^\/proc\/(\d+)\/ns\/net$/.exec(path)?.[1]);
    if (Number.isNaN(pid) || typeof target !== 'string' || target === own) continue;
    const id = String(parseNamespaceLink(target)?.inode ?? target);
    pids.set(id, Math.min(pid, pids.get(id) ?? pid));
  }
  return [...pids].map(([id, pid]) => ({ id, pid })).sort((one, other) => one.pid - other.pid);
}
