import { CancelledError, ExpectedError, isCancelled, messageOf } from '../lib/errors';

/** An error on its way between two threads: which of the three kinds it is survives, and so does a bug's stack. */
export type WireError =
  | { readonly kind: 'expected'; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string | undefined };

export function toWire(error: unknown): WireError {
  if (error instanceof ExpectedError) return { kind: 'expected', code: error.code, message: error.message };
  if (isCancelled(error)) return { kind: 'cancelled' };
  return { kind: 'bug', message: messageOf(error), stack: error instanceof Error ? error.stack : undefined };
}

export function fromWire(wire: WireError): Error {
  switch (wire.kind) {
    case 'expected':
      return new ExpectedError(wire.code, wire.message);
    case 'cancelled':
      return new CancelledError('cancelled');
    case 'bug': {
      const error = new Error(wire.message);
      if (wire.stack !== undefined) error.stack = wire.stack;
      return error;
    }
  }
}
