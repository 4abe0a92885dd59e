import type { Machine } from '../../../../machine/machine';
import { shownPath } from '../../../../lib/bytePath';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { openGit, refused, runGit } from './git';
import { labelOn, tooLarge } from './label';

/** A file as a commit has it, byte for byte: no filter of the working tree is applied. Throws ExpectedError. */
export async function readGit(
  machine: Machine,
  { ref, path }: { readonly ref: string; readonly path: string },
  signal: AbortSignal,
): Promise<Content> {
  const label = labelOn(machine, `git:${ref}:${shownPath(path)}`);
  const place = await openGit(machine, ref, path, signal);
  const { commit, committedMs, folder } = place;
  const words = ['cat-file', 'blob', `${commit}:${place.path}`];
  const result = await runGit(machine, folder, words, { signal, maxBytes: LARGEST_TEXT_BYTES });
  if (result.exitCode !== 0) throw refused(machine, result, label);
  if (result.truncated) throw tooLarge(label);
  return { label, bytes: result.stdout, modifiedMs: committedMs, origin: { kind: 'git', commit } };
}
