import { charactersOf, compareCodePoints } from './characters';
import { SequenceMatcher } from './sequenceMatcher';

/**
 * The possibilities that resemble the word most, best first: at most `count`, with a ratio of at least `cutoff` (0 to 1).
 * Throws RangeError where count is below 1 or cutoff beyond its range.
 */
export function closeMatches(word: string, possibilities: readonly string[], count = 3, cutoff = 0.6): string[] {
  if (!(count > 0)) throw new RangeError(`count must be > 0: ${count}`);
  if (!(cutoff >= 0 && cutoff <= 1)) throw new RangeError(`cutoff must be in [0.0, 1.0]: ${cutoff}`);
  const matcher = new SequenceMatcher<string>([], charactersOf(word));
  const found: { readonly ratio: number; readonly possibility: string }[] = [];
  for (const possibility of possibilities) {
    matcher.setLeft(charactersOf(possibility));
    if (matcher.realQuickRatio() < cutoff || matcher.quickRatio() < cutoff) continue;
    const ratio = matcher.ratio();
    if (ratio >= cutoff) found.push({ ratio, possibility });
  }
  found.sort((one, other) => other.ratio - one.ratio || compareCodePoints(other.possibility, one.possibility));
  return found.slice(0, count).map(({ possibility }) => possibility);
}
