import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { Machines } from '../../../../machine/machines';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { labelOn, tooLarge } from './label';
import { pathOn } from './place';
import { readCommand } from './readCommand';
import { readGit } from './readGit';
import { readMember } from './readMember';
import { readUrl } from './readUrl';
import { parseSource } from './source';

export interface Reach {
  /** Where a source without a machine is. */
  readonly machine: Machine;
  readonly machines: Machines;
  readonly signal: AbortSignal;
}

/** What a source holds, wherever it is; a text that is given with it is that itself. Throws ExpectedError. */
export async function readSource(given: string, text: string | undefined, reach: Reach): Promise<Content> {
  if (text !== undefined) return { label: given, bytes: Buffer.from(text), origin: { kind: 'text' } };
  const { signal } = reach;
  const source = parseSource(given);
  const machine = source.machine === null ? reach.machine : await reach.machines.open(source.machine, signal);
  switch (source.kind) {
    case 'file':
      return readFile(machine, source.path, signal);
    case 'git':
      return readGit(machine, source, signal);
    case 'member':
      return readMember(machine, source, signal);
    case 'url':
      return readUrl(machine, source.url, signal);
    case 'command':
      return readCommand(machine, source.line, signal);
  }
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
