import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import type { Content } from '../text/content';
import { parsePlace, pathOn } from './place';

/** Of each side, so that both and what is made from them stay in memory. */
export const LARGEST_TEXT_BYTES = 256 * 1024 * 1024;

export interface Reach {
  /** Where a path without a machine is. */
  readonly machine: Machine;
  readonly machines: Machines;
  readonly signal: AbortSignal;
}

/** What a file holds, wherever it is. Throws ExpectedError. */
export async function readPlace(text: string, { machine: given, machines, signal }: Reach): Promise<Content> {
  const place = parsePlace(text);
  const machine = place.machine === null ? given : await machines.open(place.machine, signal);
  const path = await machine.files.resolve(pathOn(machine, place.path), signal);
  const { kind, sizeBytes, modifiedMs } = await machine.files.stat(path, signal);
  const label = machine.name === localName ? shownPath(place.path) : `${machine.name}:${shownPath(place.path)}`;
  if (kind !== 'file') throw new ExpectedError('invalid-input', l10n.t('{0} is no file.', label));
  if (sizeBytes > LARGEST_TEXT_BYTES) {
    throw new ExpectedError(
      'too-large',
      l10n.t('{0} is too large to be compared line by line: at most {1} MiB.', label, LARGEST_TEXT_BYTES / 2 ** 20),
    );
  }
  const bytes = await machine.files.read(path, { signal, maxBytes: LARGEST_TEXT_BYTES });
  return { label, bytes, modifiedMs };
}
