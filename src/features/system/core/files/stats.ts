import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError, isCancelled, throwIfCancelled } from '../../../../lib/errors';
import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import { parseStatText, type StatText } from '../kernel/statText';
import { mayHang, type MountTable } from './mountTable';
import { SILENT_AFTER_MS, silentMounts } from './silentMounts';

/** Paths in one question. */
const CHUNK = 4_000;

export interface Stats {
  readonly byLink: ReadonlyMap<string, StatText>;
  /** Mount points whose file system did not answer. */
  readonly silent: readonly string[];
  /** How many others did not answer in time. */
  readonly late: number;
}

interface Question {
  readonly link: string;
  readonly target: string;
}

/** stat(2) of what links lead to. What lies on a file system that does not answer is left alone. */
export async function statLinks(
  machine: Machine,
  questions: readonly Question[],
  mounts: MountTable,
  signal: AbortSignal,
): Promise<Stats> {
  const near: string[] = [];
  const far = new Map<string, string[]>();
  for (const { link, target } of questions) {
    const mount = mounts.placeOf(target)?.mount;
    if (mount === undefined || !mayHang(mount)) near.push(link);
    else far.set(mount.mountPoint, [...(far.get(mount.mountPoint) ?? []), link]);
  }
  const byLink = new Map<string, StatText>();
  let late = 0;
  const readNear = async (): Promise<void> => {
    for (let at = 0; at < near.length; at += CHUNK) {
      late += take(byLink, await machine.files.readMany(asked(near.slice(at, at + CHUNK)), { signal }));
    }
  };
  const [known] = await Promise.all([silentMounts(machine, far.keys(), signal), readNear()]);
  const silent = new Set(known);
  for (const [mountPoint, links] of far) {
    if (silent.has(mountPoint)) continue;
    const answer = await inTime(signal, (limited) => machine.files.readMany(asked(links), { signal: limited }));
    if (answer === null || take(byLink, answer) > 0) silent.add(mountPoint);
  }
  return { byLink, silent: [...silent], late };
}

/** null when the answer did not come in time. */
export async function inTime<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const late = new ExpectedError('timed-out', 'no answer');
  try {
    return await runWithDeadline(signal, SILENT_AFTER_MS, ask, () => late);
  } catch (error) {
    throwIfCancelled(signal);
    if (error === late || isCancelled(error)) return null;
    throw error;
  }
}

function asked(links: readonly string[]): readonly ReadItem[] {
  return links.map((path) => ({ path, what: 'stat' }));
}

/** Returns how many did not answer. */
function take(byLink: Map<string, StatText>, answer: FileTexts): number {
  let late = 0;
  for (const [link, content] of answer) {
    const stat = typeof content === 'string' ? parseStatText(content) : null;
    if (stat !== null) byLink.set(link, stat);
    else if (typeof content !== 'string' && content.code === 'timed-out') late++;
  }
  return late;
}
