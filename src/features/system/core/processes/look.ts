import { isFailure } from '../../../../machine/machine';
import type { ProcessStat } from '../kernel/processStat';
import { entryOf, type HostScale } from './entry';
import {
  fixedPartsOf,
  NO_RARE_PARTS,
  rarePartsOf,
  type FixedParts,
  type GroupsByText,
  type RareParts,
} from './fixedParts';
import type { Gatherer, Part, RawProcess } from './rawProcess';
import type { Candidate, Remembered } from './reading';
import { FIXED, RARE } from './sources';

/** One look at all processes: what was read of them, and what comes of it. */
export interface Look {
  readonly gatherer: Gatherer;
  /** What was read of every process, as far as it has it. */
  readonly parts: ReadonlySet<Part>;
  readonly takenAtMs: number;
  /** Since the look before; null in the first. */
  readonly seconds: number | null;
  readonly scale: HostScale;
  readonly groups: GroupsByText;
  readonly remembered: ReadonlyMap<number, Remembered>;
  readonly candidates: Map<number, Candidate>;
}

/** Makes one process a candidate, with what is known of it by now. */
export function consider(look: Look, pid: number, raw: RawProcess): void {
  const { stat } = raw;
  if (typeof stat !== 'object' || isFailure(stat) || (look.parts.has('status') && hasEnded(raw))) return;
  const known = look.remembered.get(pid);
  const before = known?.startTicks === stat.startTicks ? known : null;
  const sameProgram = before?.nameBytes === stat.nameBytes;
  const fixed = includesAll(look.parts, FIXED) ? fixedPartsOf(raw, stat) : sameProgram ? before.fixed : null;
  const rare = includesAll(look.parts, RARE) ? rarePartsOf(raw, look.groups) : (before?.rare ?? null);
  look.candidates.set(pid, candidateOf(look, { stat, raw, before, fixed, rare }));
}

/** Makes it anew when more of it was read; takes it away when it has ended meanwhile. */
export function reconsider(look: Look, pid: number, read: readonly Part[]): void {
  const candidate = look.candidates.get(pid);
  const raw = look.gatherer.processes.get(pid);
  if (candidate === undefined || raw === undefined) return;
  const { stat, before } = candidate;
  if (hasEnded(raw)) {
    look.candidates.delete(pid);
    return;
  }
  const fixed = read.some((part) => FIXED.includes(part)) ? fixedPartsOf(raw, stat) : candidate.fixed;
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

function candidateOf({ seconds, scale }: Look, known: Known): Candidate {
  const { raw, ...kept } = known;
  const { stat, before } = kept;
  const fixed = kept.fixed ?? fixedPartsOf(raw, stat);
  const rare = kept.rare ?? NO_RARE_PARTS;
  return { ...kept, entry: entryOf({ stat, raw, fixed, rare, before, seconds }, scale) };
}

function includesAll(parts: ReadonlySet<Part>, wanted: readonly Part[]): boolean {
  return wanted.every((part) => parts.has(part));
}

/** Everybody may read the status of every process that is there. */
function hasEnded({ status }: RawProcess): boolean {
  return status === undefined || (isFailure(status) && status.code === 'missing');
}
