import { createHash } from 'node:crypto';
import { compareInterned, type LineOptions } from '../lines/compareLines';
import { intern, type Interned } from '../lines/intern';
import { firstDifference } from './bytes';
import { bufferOf, type Content, readText, type ReadText } from './content';
import { hunksOf } from './hunks';
import { judged } from './ignored';
import { internBytes } from './internBytes';
import { ignoresTrailing, keyOf } from './keys';
import { type LineBytes, linesOf } from './lineBytes';
import type { TextOptions } from './options';
import type { TextChange, TextComparison, TextSide } from './schema';

/** Compares two contents line by line or, where one of them is no text, byte by byte. */
export function compareTexts(
  left: Content,
  right: Content,
  options: TextOptions,
  isLate: LineOptions['isLate'] = () => false,
): TextComparison {
  const leftText = readText(left, options);
  const rightText = readText(right, options);
  const isIdentical = bufferOf(left).equals(bufferOf(right));
  if (leftText === null || rightText === null) return compareBytes(left, right, isIdentical, options);
  const { changes, isMinimal } = compareInterned(numbersOf(leftText.lines, rightText.lines, options), {
    minimal: options.minimal,
    isLate,
  });
  const all = judged(changes, leftText.lines, rightText.lines, options);
  const context = options.contextLines === -1 ? Infinity : options.contextLines;
  const counts = countsOf(all, leftText.lines.count);
  const total = leftText.lines.count + rightText.lines.count;
  return {
    outcome: isIdentical ? 'identical' : outcomeOf(all, leftText.lines, rightText.lines),
    kind: 'text',
    left: sideOf(left, leftText),
    right: sideOf(right, rightText),
    options,
    counts,
    similarity: total === 0 ? 1 : (2 * counts.same) / total,
    config: null,
    minimal: isMinimal,
    hunks: hunksOf(all, leftText.lines, rightText.lines, context),
    firstDifference: null,
  };
}

function compareBytes(left: Content, right: Content, isIdentical: boolean, options: TextOptions): TextComparison {
  return {
    outcome: isIdentical ? 'identical' : 'different',
    kind: 'bytes',
    left: sideOf(left, null),
    right: sideOf(right, null),
    options,
    counts: { same: 0, removed: 0, added: 0, changes: isIdentical ? 0 : 1, ignored: 0 },
    similarity: isIdentical ? 1 : 0,
    config: null,
    minimal: true,
    hunks: [],
    firstDifference: firstDifference(bufferOf(left), bufferOf(right)),
  };
}

function numbersOf(left: LineBytes, right: LineBytes, options: TextOptions): Interned {
  const key = keyOf(options);
  const interned =
    key === null
      ? internBytes(left, right)
      : intern(linesOf(left, 0, left.count).map(key), linesOf(right, 0, right.count).map(key));
  return ignoresTrailing(options) ? interned : withLastLines(interned, left, right);
}

/** A last line without a line feed is another one than the same with it. */
function withLastLines(interned: Interned, left: LineBytes, right: LineBytes): Interned {
  let { distinct } = interned;
  const lastLeft = interned.left[left.count - 1];
  const lastRight = interned.right[right.count - 1];
  if (!left.endsWithNewline) {
    interned.left[left.count - 1] = distinct;
    distinct += 1;
  }
  if (!right.endsWithNewline) {
    const isBoth = !left.endsWithNewline && lastLeft === lastRight;
    interned.right[right.count - 1] = isBoth ? distinct - 1 : distinct;
    distinct += 1;
  }
  return { ...interned, distinct };
}

function countsOf(changes: readonly TextChange[], leftLines: number): TextComparison['counts'] {
  const counts = { same: leftLines, removed: 0, added: 0, changes: 0, ignored: 0 };
  for (const { leftStart, leftEnd, rightStart, rightEnd, ignored } of changes) {
    counts.same -= leftEnd - leftStart;
    counts[ignored ? 'ignored' : 'changes'] += 1;
    if (ignored) continue;
    counts.removed += leftEnd - leftStart;
    counts.added += rightEnd - rightStart;
  }
  return counts;
}

/** Of contents whose bytes are not the same. */
function outcomeOf(changes: readonly TextChange[], left: LineBytes, right: LineBytes): TextComparison['outcome'] {
  if (changes.some(({ ignored }) => !ignored)) return 'different';
  return left.bytes.equals(right.bytes) ? 'same-text' : 'ignored';
}

export function sideOf(content: Content, text: ReadText | null): TextSide {
  const { label, modifiedMs = null, origin = { kind: 'file' } } = content;
  const common = { label, modifiedMs, sizeBytes: content.bytes.byteLength, origin };
  if (text === null) {
    const sha256 = createHash('sha256').update(content.bytes).digest('hex');
    const none = { encoding: null, byteOrderMark: false, damaged: false, lineEnds: 'none', lines: 0 } as const;
    return { ...common, ...none, endsWithNewline: false, sha256 };
  }
  const { found, damaged, lineEnds, lines } = text;
  return {
    ...common,
    encoding: found.encoding,
    byteOrderMark: found.markBytes > 0,
    damaged,
    lineEnds,
    lines: lines.count,
    endsWithNewline: lines.endsWithNewline,
    sha256: null,
  };
}
