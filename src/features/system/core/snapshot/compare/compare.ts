import type { Snapshot } from '../schema';
import { entriesOf, SECTIONS, type SectionName } from './entries';
import type { ComparedSection, ComparedSide, CompareResult } from './schema';
import type { Entry } from './words';

/** A snapshot and how it was asked for. */
export interface Side {
  readonly reference: string;
  readonly snapshot: Snapshot;
}

/** Two snapshots, of one machine or of two. Pure. */
export function compareSnapshots(machine: string, before: Side, after: Side): CompareResult {
  const rebooted = wasRebooted(before.snapshot, after.snapshot);
  const sameBoot = rebooted === false;
  const sections = SECTIONS.map((name) => sectionOf(name, before.snapshot, after.snapshot, sameBoot));
  return { machine, before: sideOf(before), after: sideOf(after), rebooted, sections };
}

function sideOf({ reference, snapshot }: Side): ComparedSide {
  const { machine, hostName, kernel, takenAtMs, bootedAtMs } = snapshot;
  return { reference, machine, hostName, kernel, takenAtMs, bootedAtMs };
}

/** Two machines were not rebooted in between, but what started when is not to be compared either: null. */
function wasRebooted(before: Snapshot, after: Snapshot): boolean | null {
  if (before.hostName !== after.hostName || before.bootId === null || after.bootId === null) return null;
  return before.bootId !== after.bootId;
}

function sectionOf(name: SectionName, before: Snapshot, after: Snapshot, sameBoot: boolean): ComparedSection {
  const old = entriesOf(before, name, before.bootedAtMs);
  const now = entriesOf(after, name, sameBoot ? before.bootedAtMs : after.bootedAtMs);
  if (old === null || now === null) {
    const texts = { beforeText: textOf(old ?? []), afterText: textOf(now ?? []) };
    return { name, known: false, ...texts, added: [], removed: [], changed: [] };
  }
  const oldByKey = new Map(old.map((entry) => [entry.key, entry.text]));
  const nowByKey = new Map(now.map((entry) => [entry.key, entry.text]));
  const changed = old.flatMap(({ key, text }) => {
    const other = nowByKey.get(key);
    return other === undefined || other === text ? [] : [{ before: text, after: other }];
  });
  return {
    name,
    known: true,
    beforeText: textOf(old),
    afterText: textOf(now),
    added: now.filter(({ key }) => !oldByKey.has(key)).map(({ text }) => text),
    removed: old.filter(({ key }) => !nowByKey.has(key)).map(({ text }) => text),
    changed,
  };
}

function textOf(entries: readonly Entry[]): string {
  return entries.map(({ text }) => `${text}\n`).join('');
}
