import type { Change } from '../lines/opcode';
import { charactersOf } from './characters';
import { SequenceMatcher } from './sequenceMatcher';

/** Two lines that are one line which was changed a little, or not at all. */
export interface AlikePair {
  readonly left: number;
  readonly right: number;
}

/** Finds them within a change: ascending on both sides. */
export type FindAlike = (
  left: readonly string[],
  right: readonly string[],
  change: Change,
  ratios: LineRatios,
) => Iterable<AlikePair>;

/** The ratios of many lines with one. */
export class LineRatios {
  private readonly matcher: SequenceMatcher<string>;
  private isTooLong = false;

  constructor(
    characterJunk: ((character: string) => boolean) | null,
    private readonly longest: number,
  ) {
    this.matcher = new SequenceMatcher<string>([], [], { isJunk: characterJunk });
  }

  setRight(line: string): void {
    this.isTooLong = line.length > this.longest;
    if (!this.isTooLong) this.matcher.setRight(charactersOf(line));
  }

  /** The ratio with that line, or null where it is not above the limit. */
  above(limit: number, left: string): number | null {
    if (this.isTooLong || left.length > this.longest) return null;
    const { matcher } = this;
    matcher.setLeft(charactersOf(left));
    if (matcher.realQuickRatio() <= limit || matcher.quickRatio() <= limit) return null;
    const ratio = matcher.ratio();
    return ratio > limit ? ratio : null;
  }
}
