import * as l10n from '@vscode/l10n';
import { applyPatch, formatPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff';
import { ExpectedError, messageOf } from '../../../../lib/errors';

/** What a patch does to one file. */
export type FilePatch = StructuredPatch;

export interface ApplyOptions {
  /** Context lines that may be missing, added or other ones in each hunk. Default 0. */
  readonly fuzz?: number;
}

export type Applied =
  | { readonly kind: 'applied'; readonly text: string }
  /** Nothing was applied; `hunk` is the index of the first one that fits nowhere. */
  | { readonly kind: 'refused'; readonly hunk: number };

/** Of a patch in unified format, also Git's, one for each file. Throws ExpectedError('malformed'). */
export function readPatch(text: string): FilePatch[] {
  let files: FilePatch[];
  try {
    files = parsePatch(text);
  } catch (error) {
    throw new ExpectedError('malformed', l10n.t('This is no patch in unified format: {0}', messageOf(error)));
  }
  const real = files.filter((file) => file.hunks.length > 0 || file.isGit === true);
  if (real.length > 0 || text.trim() === '') return real;
  throw new ExpectedError('malformed', l10n.t('This is no patch in unified format: nothing in it changes a file.'));
}

/** Line ends are those of the source where it has only one kind. Hunks may stand some lines away from where they were. */
export function appliedTo(source: string, patch: FilePatch, { fuzz = 0 }: ApplyOptions = {}): Applied {
  const apply = (hunks: number): string | false =>
    applyPatch(source, { ...patch, hunks: patch.hunks.slice(0, hunks) }, { fuzzFactor: fuzz });
  const text = apply(patch.hunks.length);
  if (text !== false) return { kind: 'applied', text };
  // Each hunk is applied after those before it: the first one that is refused is found by halving.
  let fitting = 0;
  let refused = patch.hunks.length;
  while (refused - fitting > 1) {
    const middle = Math.floor((fitting + refused) / 2);
    if (apply(middle) === false) refused = middle;
    else fitting = middle;
  }
  return { kind: 'refused', hunk: refused - 1 };
}

/** What takes the patch back. */
export function reversed(patch: FilePatch): FilePatch {
  return reversePatch(patch);
}

/** In unified format, as readPatch takes it. */
export function patchText(patches: readonly FilePatch[]): string {
  return formatPatch([...patches]);
}

/** Lines that it removes and adds. */
export function patchCounts({ hunks }: FilePatch): { readonly removed: number; readonly added: number } {
  let removed = 0;
  let added = 0;
  for (const { lines } of hunks) {
    for (const line of lines) {
      if (line.startsWith('-')) removed += 1;
      else if (line.startsWith('+')) added += 1;
    }
  }
  return { removed, added };
}
