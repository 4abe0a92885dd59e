import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { applyHunks, type HunkOutcome } from './applyHunks';
import { bytesOf, type Content, type Other, type Overlay } from './overlay';
import { patchCounts, reversed, type FilePatch } from './patch';
import { patchedFile, type NamedFile } from './patchPath';
import type { PatchedFile } from './schema';

const DEFAULT_MODE = 0o644;

export interface PatchOptions {
  readonly strip: number;
  readonly fuzz: number;
}

/** Applies a patch to the files of a folder, one after another: all of a file or nothing of it. */
export async function patchFolder(
  overlay: Overlay,
  patches: readonly FilePatch[],
  options: PatchOptions,
): Promise<readonly PatchedFile[]> {
  const leaving = new Set(
    patches.filter(({ isRename }) => isRename === true).map((patch) => patchedFile(patch, options.strip).oldPath ?? ''),
  );
  const files: PatchedFile[] = [];
  for (const patch of patches) files.push(await patchFile({ overlay, leaving }, patch, options));
  return files;
}

interface Ground {
  readonly overlay: Overlay;
  /** Names that Git gives away: another file may have them. */
  readonly leaving: ReadonlySet<string>;
}

/** With all names beginning so, one part of them is Git's own. */
export function stripOf(patches: readonly FilePatch[]): number {
  const names = patches.flatMap(({ oldFileName, newFileName }) => [oldFileName, newFileName]);
  const isGits = (name: string | undefined): boolean => name === '/dev/null' || /^[a-z]\//.test(name ?? '');
  return names.length > 0 && names.every(isGits) ? 1 : 0;
}

async function patchFile(ground: Ground, patch: FilePatch, { strip, fuzz }: PatchOptions): Promise<PatchedFile> {
  const named = patchedFile(patch, strip);
  const told = { ...(await namesOf(ground.overlay, patch, named)), ...patchCounts(patch), texts: null };
  try {
    const { hunks, source } = await applied(ground, patch, told, fuzz);
    const reason = hunks.some(({ kind }) => kind === 'rejected') ? whyRejected(patch, source) : null;
    return { ...told, hunks, reason };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { ...told, hunks: [], reason: error.message };
  }
}

type Told = Pick<PatchedFile, 'path' | 'oldPath' | 'action'>;

async function namesOf(overlay: Overlay, patch: FilePatch, { oldPath, newPath }: NamedFile): Promise<Told> {
  if (newPath === null || (patch.isDelete === true && oldPath !== null)) {
    return { path: oldPath ?? '', oldPath: null, action: 'delete' };
  }
  if (oldPath === null || patch.isCreate === true) return { path: newPath, oldPath: null, action: 'create' };
  if (patch.isCopy === true) return { path: newPath, oldPath, action: 'copy' };
  if (patch.isRename === true) return { path: newPath, oldPath, action: 'rename' };
  const action = patch.hunks.length === 0 && patch.newMode !== undefined ? 'mode' : 'change';
  // Of two names without a rename it is the one that is there, as patch(1) finds it.
  const isOld = newPath !== oldPath && (await overlay.get(newPath)) === null;
  return { path: isOld ? oldPath : newPath, oldPath: null, action };
}

interface Applied {
  readonly hunks: HunkOutcome[];
  readonly source: string;
}

/** Throws ExpectedError where it cannot be applied at all. */
async function applied({ overlay, leaving }: Ground, patch: FilePatch, told: Told, fuzz: number): Promise<Applied> {
  const { path, oldPath, action } = told;
  if (patch.isBinary === true) throw new ExpectedError('unsupported', l10n.t('it is binary.'));
  const sourcePath = action === 'create' ? null : (oldPath ?? path);
  const source = sourcePath === null ? null : await contentAt(overlay, sourcePath, oldPath !== null);
  if (sourcePath !== path && !leaving.has(path)) await requireFree(overlay, path);
  const { text, hunks } = applyHunks(source?.text ?? '', inBytes(patch), fuzz);
  const outcome = { hunks: [...hunks], source: source?.text ?? '' };
  if (hunks.some(({ kind }) => kind === 'rejected')) return outcome;
  if (action === 'delete') {
    if (text !== '') throw new ExpectedError('mismatch', l10n.t('more is in it than the patch deletes'));
    overlay.set(path, null);
    return outcome;
  }
  overlay.set(path, contentOf(text, source, patch));
  if (action === 'rename' && sourcePath !== null && !overlay.isMade(sourcePath)) overlay.set(sourcePath, null);
  return outcome;
}

/** What is renamed or copied is what was there before all of the patch. */
async function contentAt(overlay: Overlay, path: string, isOriginal: boolean): Promise<Content> {
  const content = await (isOriginal ? overlay.original(path) : overlay.get(path));
  if (content === null) throw new ExpectedError('missing', l10n.t('the file is not there'));
  return requireContent(content);
}

function requireContent(content: Content | Other): Content {
  if (content.kind !== 'other') return content;
  throw new ExpectedError('not-a-file', l10n.t('it is neither a file nor a link'));
}

async function requireFree(overlay: Overlay, path: string): Promise<void> {
  if ((await overlay.get(path)) === null) return;
  throw new ExpectedError('exists', l10n.t('something of this name is there already'));
}

/** Only whether it may be run is Git's; the other permissions stay. */
function contentOf(text: string, source: Content | null, { newMode, isCreate }: FilePatch): Content {
  const kind = newMode === undefined ? (source?.kind ?? 'file') : newMode === '120000' ? 'symlink' : 'file';
  const mode = source?.mode ?? DEFAULT_MODE;
  if (newMode === undefined || kind === 'symlink') return { kind, text, mode };
  const given = isCreate === true ? DEFAULT_MODE : mode;
  return { kind, text, mode: newMode === '100755' ? given | ((given & 0o444) >> 2) : given & ~0o111 };
}

function inBytes({ hunks }: FilePatch): Pick<FilePatch, 'hunks'> {
  return { hunks: hunks.map((hunk) => ({ ...hunk, lines: hunk.lines.map(bytesOf) })) };
}

function whyRejected(patch: FilePatch, source: string): string {
  const back = applyHunks(source, inBytes(reversed(patch)), 0);
  return back.hunks.every(({ kind }) => kind === 'applied')
    ? l10n.t('it is applied already')
    : l10n.t('some hunks do not fit');
}
