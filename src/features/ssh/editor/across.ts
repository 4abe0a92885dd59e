import * as l10n from '@vscode/l10n';
import type { EditorHost } from '../../../editor/feature';
import { withProgress } from '../../../editor/progress';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError, isCancelled } from '../../../lib/errors';
import { nameOf } from '../../../machine/treePaths';
import type { TransferResult } from '../core/transfer/schema';

/** A path on a machine. */
export interface Place {
  readonly machine: string;
  readonly path: string;
}

export interface AcrossOptions {
  /** The original is deleted when all of it is there and verified. */
  readonly move: boolean;
  readonly overwrite: boolean;
}

/** Copies or moves a file or folder to another place, which VS Code has asked about. Throws ExpectedError. */
export async function carryAcross(
  host: Pick<EditorHost, 'carryOut'>,
  from: Place,
  to: Place,
  { move, overwrite }: AcrossOptions,
): Promise<void> {
  const name = shownPath(nameOf(from.path));
  const title = move ? l10n.t('Moving {0} to {1}', name, to.machine) : l10n.t('Copying {0} to {1}', name, to.machine);
  const onConflict = overwrite ? 'overwrite' : 'refuse';
  // Whoever drags it once more begins anew: a part would be of no use there.
  const input = { from: from.path, host: to.machine, to: to.path, exact: true, move, onConflict, keepParts: false };
  let deleted = 0;
  try {
    await withProgress(title, async (signal, tell) => {
      const { head } = await host.carryOut({ tool: 'ssh.transfer', input, machine: from.machine }, signal, (shown) => {
        if (shown.head !== undefined) tell(shown.head.verdict);
        deleted = (shown.result as TransferResult | undefined)?.deletedCount ?? 0;
      });
      if (head?.status !== 'ok') throw new ExpectedError('failed', head?.verdict ?? '');
    });
  } catch (error) {
    if (!isCancelled(error)) throw error;
    const text =
      deleted > 0
        ? l10n.t('Cancelled while the original was being deleted: all of {0} is on {1}.', name, to.machine)
        : l10n.t('Cancelled: {0} is still whole on {1}.', name, from.machine);
    throw new ExpectedError('cancelled', text, { cause: error });
  }
}
