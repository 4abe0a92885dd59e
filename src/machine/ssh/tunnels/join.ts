import * as net from 'node:net';
import { finished, type Duplex } from 'node:stream';

export interface JoinCounts {
  /** From `near` to `far`. */
  sent(bytes: number): void;
  /** From `far` to `near`. */
  received(bytes: number): void;
}

/**
 * Passes bytes both ways until both directions are over. Each side ends by itself: 'no more from here' is handed on
 * while the other direction goes on, and who reads slowly holds up who sends. When one side breaks, the other one is
 * broken too (a TCP connection by a reset), so that nobody takes half of the bytes for all. Resolves with why it broke.
 */
export function join(near: Duplex, far: Duplex, counts: JoinCounts): Promise<Error | undefined> {
  near.on('data', (chunk: Buffer) => counts.sent(chunk.length));
  far.on('data', (chunk: Buffer) => counts.received(chunk.length));
  near.pipe(far);
  far.pipe(near);
  return new Promise((resolve) => {
    let open = 2;
    let broken: Error | undefined;
    const over = (side: Duplex, other: Duplex, error: Error | null | undefined): void => {
      if (error != null && !isDrained(side)) {
        broken ??= error;
        breakOff(other);
      } else if (error != null) closeWhenWritten(other);
      if (--open === 0) resolve(broken);
    };
    finished(near, (error) => over(near, far, error));
    finished(far, (error) => over(far, near, error));
  });
}

/** Whether all that this side said was handed on; that it takes no more itself is no loss of what it said. */
function isDrained(side: Duplex): boolean {
  return side.readableEnded && side.errored === null;
}

function closeWhenWritten(side: Duplex): void {
  if (side.writableFinished || side.destroyed) side.destroy();
  else side.end(() => side.destroy());
}

/** Ends a stream so that the other end sees that it broke. */
export function breakOff(side: Duplex): void {
  if (side instanceof net.Socket && side.remoteAddress !== undefined) side.resetAndDestroy();
  else side.destroy();
}
