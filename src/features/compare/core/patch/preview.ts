import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parsePlace, pathOn } from '../sources/place';
import type { Reach } from '../sources/readSource';
import { Overlay, pathOfBytes, type Content, type FileChange } from './overlay';
import { patchFolder, stripOf } from './patchFolder';
import { readPatches } from './readPatches';
import { MOST_PREVIEW_BYTES, type PatchChoices, type PatchedFile, type PreviewResult } from './schema';

/** A patch, tried on a folder: nothing is changed. */
export interface TriedPatch {
  readonly machine: Machine;
  readonly root: string;
  readonly label: string;
  readonly strip: number;
  readonly files: readonly PatchedFile[];
  readonly changes: readonly FileChange[];
  /** Of the patch and of all that it was tried on. */
  readonly seen: string;
}

/** Throws ExpectedError. */
export async function tryPatch(choices: PatchChoices, reach: Reach): Promise<TriedPatch> {
  const { signal } = reach;
  const place = parsePlace(choices.folder);
  const machine = place.machine === null ? reach.machine : await reach.machines.open(place.machine, signal);
  const root = await machine.files.resolve(pathOn(machine, place.path), signal);
  if ((await machine.files.stat(root, signal)).kind !== 'directory') {
    const text = l10n.t(
      '{0} on {1} is no folder. Choose the folder that the patch is for.',
      shownPath(root),
      machine.name,
    );
    throw new ExpectedError('not-a-folder', text);
  }
  const { label, bytes, files: patches } = await readPatches(choices, reach);
  const strip = choices.strip ?? stripOf(patches);
  const overlay = new Overlay(machine, root, signal);
  const files = await patchFolder(overlay, patches, { strip, fuzz: choices.fuzz });
  const changes = overlay.changes();
  const hash = createHash('sha256').update(bytes);
  hash.update(
    JSON.stringify([root, strip, choices.fuzz, choices.reverse, changes.map(({ path, facts }) => [path, facts])]),
  );
  return { machine, root, label, strip, files, changes, seen: hash.digest('hex') };
}

/** `withTexts`: also what was in each file, and what will be. */
export function previewOf(tried: TriedPatch, choices: PatchChoices, withTexts: boolean): PreviewResult {
  const { machine, root, label, strip, files, changes } = tried;
  const { fuzz, reverse } = choices;
  const changed = new Map(changes.map((change) => [change.path, change]));
  let room = withTexts ? MOST_PREVIEW_BYTES : 0;
  const textsOf = ({ path, oldPath }: PatchedFile): PatchedFile['texts'] => {
    const before = changed.get(oldPath ?? path)?.before ?? null;
    const after = changed.get(path)?.after ?? null;
    room -= (before?.text.length ?? 0) + (after?.text.length ?? 0);
    return room < 0 || !withTexts ? null : { before: shown(before), after: shown(after) };
  };
  return {
    patch: label,
    place: { machine: machine.name, path: root },
    strip,
    fuzz,
    reverse,
    files: files.map((file) => ({ ...file, texts: file.reason === null ? textsOf(file) : null })),
    input: { ...choices, strip },
  };
}

/** Bytes that are no UTF-8 are shown as lone characters. */
function shown(content: Content | null): string | null {
  return content === null ? null : pathOfBytes(content.text);
}
