import { liveResults } from '../../../../lib/liveResults';
import type { Journey } from './journey';
import type { TransferResult } from './schema';
import { Transfer } from './transfer';

/** Carries it out, and tells how far it is. */
export function carryOut(
  journey: Journey,
  signal: AbortSignal,
  live: boolean,
): AsyncGenerator<TransferResult, void, undefined> {
  let transfer: Transfer | undefined;
  return liveResults(
    {
      run: (stop, changed) => (transfer = new Transfer(journey, stop, changed)).run(),
      result: () => {
        if (transfer === undefined) throw new Error('nothing is under way');
        return transfer.result();
      },
    },
    signal,
    live,
  );
}
