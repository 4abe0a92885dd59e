import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { parsePlace, pathOn } from './place';

export interface Reach {
  /** Where a path without a machine is. */
  readonly machine: Machine;
  readonly machines: Machines;
  readonly signal: AbortSignal;
}

/** What a source holds, wherever it is; a text that is given with it is that itself. Throws ExpectedError. */
export async function readSource(source: string, text: string | undefined, reach: Reach): Promise<Content> {
  if (text !== undefined) return { label: source, bytes: Buffer.from(text), origin: { kind: 'text' } };
  const { signal } = reach;
  const place = parsePlace(source);
  const machine = place.machine === null ? reach.machine : await reach.machines.open(place.machine, signal);
  return readFile(machine, place.path, signal);
}

async function readFile(machine: Machine, given: string, signal: AbortSignal): Promise<Content> {
  const path = await machine.files.resolve(pathOn(machine, given), signal);
  const { kind, sizeBytes, modifiedMs } = await machine.files.stat(path, signal);
  const label = labelOn(machine, shownPath(given));
  if (kind !== 'file') throw new ExpectedError('invalid-input', l10n.t('{0} is no file.', label));
  if (sizeBytes > LARGEST_TEXT_BYTES) throw tooLarge(label);
  const bytes = await machine.files.read(path, { signal, maxBytes: LARGEST_TEXT_BYTES });
  return { label, bytes, modifiedMs };
}

export function labelOn(machine: Machine, what: string): string {
  return machine.name === localName ? what : `${machine.name}:${what}`;
}

export function tooLarge(label: string): ExpectedError {
  return new ExpectedError(
    'too-large',
    l10n.t('{0} is too large to be compared line by line: at most {1} MiB.', label, LARGEST_TEXT_BYTES / 2 ** 20),
  );
}
