import { ExpectedError } from '../../../../lib/errors';
import { copyFile, GROWN_BYTES, type CopyTally } from '../../../../machine/copy/copyFile';
import { Hashes } from '../../../../machine/copy/hashes';
import { SmallReads } from '../../../../machine/copy/smallReads';
import type { Machine } from '../../../../machine/machine';

/**
 * Gives a file or link another name on its machine, which must be free unless it may be replaced. Between file systems
 * it is copied, with mode and time, and then removed. Throws ExpectedError.
 */
export async function moveFile(
  machine: Machine,
  from: string,
  to: string,
  { overwrite, signal }: { readonly overwrite: boolean; readonly signal: AbortSignal },
): Promise<void> {
  try {
    return await machine.files.rename(from, to, { signal, overwrite });
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'unsupported')) throw error;
    await copyAcross(machine, from, to, overwrite, signal, error);
  }
  await machine.files.remove(from, signal);
}

async function copyAcross(
  machine: Machine,
  from: string,
  to: string,
  overwrite: boolean,
  signal: AbortSignal,
  reason: ExpectedError,
): Promise<void> {
  const { kind, sizeBytes, mode, modifiedMs } = await machine.files.stat(from, signal);
  if (kind === 'symlink') {
    const linkTarget = await machine.files.readLink(from, signal);
    if (overwrite) await removeIfThere(machine, to, signal);
    return machine.files.makeLink(to, linkTarget, signal);
  }
  if (kind !== 'file') throw reason;
  await copyFile(
    {
      source: machine,
      target: machine,
      options: { resumes: false, verify: 'hash', keepModes: true, keepTimes: true, keepParts: false },
      hashes: { source: new Hashes(machine, signal), target: new Hashes(machine, signal) },
      small: new SmallReads(machine, GROWN_BYTES, signal),
      tally: quietTally(),
      signal,
    },
    {
      entry: { relative: '', kind: 'file', sizeBytes, mode, modifiedMs, linkTarget: null },
      from,
      to,
      overwrite,
      replacedMode: null,
    },
  );
}

async function removeIfThere(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  try {
    await machine.files.remove(path, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'missing')) throw error;
  }
}

function quietTally(): CopyTally {
  const nothing = (): void => undefined;
  return {
    at: nothing,
    sent: nothing,
    finished: nothing,
    verifiedFiles: 0,
    resumedFiles: 0,
    resumedBytes: 0,
    keptParts: 0,
  };
}
