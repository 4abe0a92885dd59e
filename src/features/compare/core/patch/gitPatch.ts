import * as l10n from '@vscode/l10n';
import { encodePath, hasLoneSurrogate, shownPath } from '../../../../lib/bytePath';
import { addHunk } from '../formats/unified';
import { compareTexts } from '../text/compareTexts';
import { PLAIN_OPTIONS } from '../text/options';
import type { TextComparison, TextHunk, TextSide } from '../text/schema';

/** A file as Git has it; a symbolic link is the text of where it leads. */
export interface GitFile {
  readonly kind: 'file' | 'symlink';
  readonly isExecutable: boolean;
  readonly bytes: Uint8Array;
}

export interface GitChange {
  readonly path: string;
  /** null: it is created. */
  readonly before: GitFile | null;
  /** null: it is deleted. */
  readonly after: GitFile | null;
}

export interface GitPatch {
  /** '' where nothing of it can stand in a patch. */
  readonly text: string;
  /** Why something of it is not in the text. */
  readonly note: string | null;
}

const NOTHING = new Uint8Array();

/** One file's part of a patch as `git diff` writes it, which git apply and patch -p1 take. Pure. */
export function gitPatch(change: GitChange): GitPatch {
  const { path, before, after } = change;
  if (before !== null && after !== null && before.kind !== after.kind) {
    // As Git does: the one goes, the other comes.
    const parts = [gitPatch({ path, before, after: null }), gitPatch({ path, before: null, after })];
    return {
      text: parts.map(({ text }) => text).join(''),
      note: parts.find(({ note }) => note !== null)?.note ?? null,
    };
  }
  const comparison = compareTexts(contentOf(before), contentOf(after), PLAIN_OPTIONS);
  const reason = unfit(comparison);
  if (reason !== null) return { text: '', note: l10n.t('{0} is not in the patch: {1}', shownPath(path), reason) };
  return { text: [...headOf(change, comparison), ...hunkLines(comparison), ''].join('\n'), note: null };
}

function contentOf(file: GitFile | null): { readonly label: string; readonly bytes: Uint8Array } {
  return { label: '', bytes: file?.bytes ?? NOTHING };
}

/** Why the comparison cannot stand in a patch of UTF-8. */
function unfit({ outcome, kind, left, right }: TextComparison): string | null {
  if (outcome === 'identical') return null;
  if (kind === 'bytes') return l10n.t('it is binary.');
  const isUtf8 = ({ encoding, damaged }: TextSide): boolean => encoding === 'utf-8' && !damaged;
  if (!isUtf8(left) || !isUtf8(right)) return l10n.t('it is not UTF-8.');
  const areBothOne = left.byteOrderMark === right.byteOrderMark || left.lines === 0 || right.lines === 0;
  return areBothOne ? null : l10n.t('only one side has a byte order mark.');
}

function headOf({ path, before, after }: GitChange, { outcome }: TextComparison): string[] {
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const lines = [`diff --git ${from} ${to}`];
  if (before === null && after !== null) lines.push(`new file mode ${modeOf(after)}`);
  else if (after === null && before !== null) lines.push(`deleted file mode ${modeOf(before)}`);
  else if (before !== null && after !== null && modeOf(before) !== modeOf(after)) {
    lines.push(`old mode ${modeOf(before)}`, `new mode ${modeOf(after)}`);
  }
  if (outcome === 'identical') return lines;
  lines.push(`--- ${before === null ? '/dev/null' : ended(from)}`, `+++ ${after === null ? '/dev/null' : ended(to)}`);
  return lines;
}

function modeOf({ kind, isExecutable }: GitFile): string {
  if (kind === 'symlink') return '120000';
  return isExecutable ? '100755' : '100644';
}

function hunkLines(comparison: TextComparison): string[] {
  const lines: string[] = [];
  for (const hunk of comparison.hunks) addHunk(lines, comparison, withMarks(hunk, comparison));
  return lines;
}

/** The mark is a part of the first line there. */
function withMarks(hunk: TextHunk, { left, right }: TextComparison): TextHunk {
  return {
    ...hunk,
    leftLines: marked(hunk.leftLines, left.byteOrderMark && hunk.leftStart === 0),
    rightLines: marked(hunk.rightLines, right.byteOrderMark && hunk.rightStart === 0),
  };
}

function marked(lines: readonly string[], isMarked: boolean): string[] {
  return lines.map((line, at) => (isMarked && at === 0 ? `\ufeff${line}` : line));
}

/** Git ends a name in which there is a space with a tab. */
function ended(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}

/** As Git quotes names that would break the line, byte by byte. */
function quoted(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are what has to be quoted
  if (!/[\u0000-\u001f\u007f"\\]/.test(name) && !hasLoneSurrogate(name)) return name;
  const escaped = Array.from(encodePath(name), (byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
