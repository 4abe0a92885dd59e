import { isFailure } from '../../../../machine/machine';
import type { ProcessStat } from '../kernel/processStat';
import { cpuTicksOf, type EntryDraft, type HostScale } from './entry';
import {
  fixedPartsOf,
  NO_RARE_PARTS,
  rarePartsOf,
  type FixedParts,
  type GroupsByText,
  type ProgramsByText,
  type RareParts,
} from './fixedParts';
import type { Gatherer, Part, RawProcess } from './rawProcess';
import type { Candidate, Moment, Remembered } from './reading';
import type { ProcessEntry } from './schema';
import { unlessNew } from './sameEntry';
import { FIXED, RARE } from './sources';

/** One look at all processes: what was read of them, and what comes of it. */
export interface Look {
  readonly gatherer: Gatherer;
  /** What was read of every process, as far as it has it. */
  readonly parts: ReadonlySet<Part>;
  readonly takenAtMs: number;
  readonly moment: Moment;
  readonly draft: EntryDraft;
  /** Whether all of them are shown. */
  readonly whole: boolean;
  /** Since the look before; null in the first. */
  readonly seconds: number | null;
  readonly scale: HostScale;
  readonly groups: GroupsByText;
  readonly programs: ProgramsByText;
  readonly remembered: ReadonlyMap<number, Remembered>;
  readonly candidates: Map<number, Candidate>;
}

/** Makes one process a candidate, with what is known of it by now. */
export function consider(look: Look, pid: number, raw: RawProcess): void {
  const { stat } = raw;
  if (typeof stat !== 'object' || isFailure(stat) || (look.parts.has('status') && hasEnded(raw))) return;
  const before = beforeOf(look, stat);
  const sameProgram = before?.nameBytes === stat.nameBytes;
  const fixed = includesAll(look.parts, FIXED) ? look.programs.of(raw, stat) : sameProgram ? before.fixed : null;
  const rare = includesAll(look.parts, RARE) ? rarePartsOf(raw, look.groups) : (before?.rare ?? null);
  look.candidates.set(pid, candidateOf(look, { stat, raw, before, fixed, rare }));
}

function beforeOf({ remembered }: Look, { pid, startTicks }: ProcessStat): Remembered | null {
  const known = remembered.get(pid);
  return known?.startTicks === startTicks ? known : null;
}

/** Makes it anew when more of it was read; takes it away when it has ended meanwhile. */
export function reconsider(look: Look, pid: number, read: readonly Part[]): void {
  const candidate = look.candidates.get(pid);
  const raw = look.gatherer.processes.get(pid);
  if (candidate === undefined || raw === undefined) return;
  const { stat } = raw;
  if (typeof stat !== 'object' || isFailure(stat)) return;
  const before = beforeOf(look, stat);
  if (hasEnded(raw)) {
    look.candidates.delete(pid);
    return;
  }
  const fixed = read.some((part) => FIXED.includes(part)) ? look.programs.of(raw, stat) : candidate.fixed;
  const rare = read.some((part) => RARE.includes(part)) ? rarePartsOf(raw, look.groups) : candidate.rare;
  look.candidates.set(pid, candidateOf(look, { stat, raw, before, fixed, rare }));
}

interface Known {
  readonly stat: ProcessStat;
  readonly raw: RawProcess;
  readonly before: Remembered | null;
  readonly fixed: FixedParts | null;
  readonly rare: RareParts | null;
}

function candidateOf(look: Look, { stat, raw, before, ...read }: Known): Candidate {
  const fixed = read.fixed ?? fixedPartsOf(raw, stat);
  const rare = read.rare ?? NO_RARE_PARTS;
  const source = { stat, raw, fixed, rare, before, seconds: look.seconds };
  const entry = look.draft.entryOf(source, look.scale, before?.entry ?? null);
  const [keptFixed, keptRare] = [
    unlessNew(before?.fixed ?? null, read.fixed),
    unlessNew(before?.rare ?? null, read.rare),
  ];
  if (before !== null && isSame(before, stat, entry) && before.fixed === keptFixed && before.rare === keptRare)
    return before;
  return {
    startTicks: stat.startTicks,
    nameBytes: stat.nameBytes,
    cpuTicks: cpuTicksOf(stat),
    readBytes: entry.io?.readBytes ?? null,
    writeBytes: entry.io?.writeBytes ?? null,
    fixed: keptFixed,
    rare: keptRare,
    entry,
  };
}

/** The entry tells everything but the kernel's name. */
function isSame(before: Remembered, { nameBytes }: ProcessStat, entry: ProcessEntry): before is Candidate {
  return before.entry === entry && before.nameBytes === nameBytes;
}

function includesAll(parts: ReadonlySet<Part>, wanted: readonly Part[]): boolean {
  return wanted.every((part) => parts.has(part));
}

/** Everybody may read the status of every process that is there. */
function hasEnded({ status }: RawProcess): boolean {
  return status === undefined || (isFailure(status) && status.code === 'missing');
}
