import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { Archive } from '../archives/archive';
import { archiveFormat } from '../archives/format';
import { memberPath } from '../archives/table';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { labelOn, tooLarge } from './label';
import { pathOn } from './place';
import { readStart } from './readStart';

/** One file of an archive. Throws ExpectedError. */
export async function readMember(
  machine: Machine,
  { archive, path }: { readonly archive: string; readonly path: string },
  signal: AbortSignal,
): Promise<Content> {
  const label = labelOn(machine, `archive:${shownPath(archive)}:${shownPath(path)}`);
  const file = await machine.files.resolve(pathOn(machine, archive), signal);
  const { sizeBytes } = await machine.files.stat(file, signal);
  const format = archiveFormat(await readStart(machine, file, signal));
  const wanted = memberPath(path);
  if (format === null || wanted === null) {
    throw new ExpectedError('invalid-input', l10n.t('{0} is no file of an archive (.tar, .tar.gz, .zip).', label));
  }
  const keep = (member: string, bytes: number): boolean => member === wanted && bytes <= LARGEST_TEXT_BYTES;
  const table = await new Archive(machine, file, format, sizeBytes).table({ hash: false, keep }, signal);
  const linked = table.hardLinks.get(wanted);
  if (linked !== undefined) return { ...(await readMember(machine, { archive, path: linked }, signal)), label };
  const bytes = table.kept.get(wanted);
  const entry = table.find(wanted);
  if (bytes === undefined) {
    if ((entry?.stat?.sizeBytes ?? 0) > LARGEST_TEXT_BYTES) throw tooLarge(label);
    throw new ExpectedError('missing', l10n.t('{0} is not there, or is no file.', label));
  }
  const modifiedMs = entry?.stat?.modifiedMs ?? null;
  return { label, bytes, ...(modifiedMs === null ? {} : { modifiedMs }), origin: { kind: 'member' } };
}
