import type { Snapshot, SnapshotProcess } from '../schema';
import { oneLine, timeText, word, type Entry } from './words';

/**
 * Processes of one user with one command line are one entry, so that the workers of a server are one and a new pid
 * alone is nothing; that it was started anew shows in the time. Of several, the number and the oldest are told.
 * Threads of the kernel are left out: they come and go with every load.
 */
export function processEntries(snapshot: Snapshot, bootedAtMs: number | null): readonly Entry[] {
  const groups = new Map<string, SnapshotProcess[]>();
  for (const one of snapshot.processes) {
    if (one.kernelThread) continue;
    const key = `${nameOf(one)}\0${one.user}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const ticksPerMs = ticksPerMillisecond(snapshot);
  return [...groups].map(([key, group]) => ({ key, text: groupText(group, bootedAtMs, ticksPerMs) }));
}

function groupText(group: readonly SnapshotProcess[], bootedAtMs: number | null, ticksPerMs: number): string {
  const [first] = group;
  if (first === undefined) return '';
  const oldest = group.reduce((least, one) => Math.min(least, one.startTicks), first.startTicks);
  const since = timeText(bootedAtMs === null ? null : bootedAtMs + oldest / ticksPerMs);
  const states = group.some((one) => one.state === 'zombie') ? '  zombie' : '';
  const started = group.length === 1 ? `since ${since}` : `${group.length} times, the oldest since ${since}`;
  return `${nameOf(first)}  user ${word(first.user)}  ${started}${states}`;
}

/** The command line as a shell would take it; of a process without one its name, as ps(1) shows it. */
function nameOf({ name, commandLine }: SnapshotProcess): string {
  return commandLine.length === 0 ? `[${oneLine(name)}]` : commandLine.map(word).join(' ');
}

/** Nearly every machine counts a hundred a second; the snapshot's own times say what its one does. */
function ticksPerMillisecond({ processes, bootedAtMs }: Snapshot): number {
  const late = processes.reduce<SnapshotProcess | undefined>(
    (most, one) => (most === undefined || one.startTicks > most.startTicks ? one : most),
    undefined,
  );
  if (late?.startedAtMs == null || bootedAtMs === null || late.startTicks < 100) return 0.1;
  const ticks = late.startTicks / (late.startedAtMs - bootedAtMs);
  return Number.isFinite(ticks) && ticks > 0 ? Math.round(ticks * 1000) / 1000 : 0.1;
}
