/**
 * A failure that the user can mend. The message says what failed, on which machine, and what to do next.
 * Everything else that is thrown is a bug: it is logged with its stack.
 */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';

  constructor(
    /** Stable, for programs: 'invalid-input', 'not-found', 'denied', 'timed-out', 'unsupported' … */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Thrown, and swallowed by the surfaces, when the user cancelled. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** Throws a CancelledError when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError('cancelled');
}

/** Whether this error is the consequence of a cancel, whichever library named it. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'CancelledError' || error.name === 'AbortError');
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
