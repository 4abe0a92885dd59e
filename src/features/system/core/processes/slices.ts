import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../../lib/errors';

/** How long one turn of the event loop may be held. */
const SLICE_MS = 4;
/** Asking for the time costs as much as some items. */
const ITEMS_A_LOOK = 64;

/** Visits thousands of items without holding up what else goes on in this thread. Throws a CancelledError. */
export async function visitInSlices<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  visit: (item: T) => void,
): Promise<void> {
  let sliceEndMs = performance.now() + SLICE_MS;
  let left = ITEMS_A_LOOK;
  for (const item of items) {
    visit(item);
    if (--left > 0) continue;
    left = ITEMS_A_LOOK;
    if (performance.now() < sliceEndMs) continue;
    await nextTurn();
    throwIfCancelled(signal);
    sliceEndMs = performance.now() + SLICE_MS;
  }
}
