import type { Client } from 'ssh2';
import { withDeadline } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import { closedError, noAnswerError } from './errors';

const ANSWER_DEADLINE_MS = 30_000;

/** A connection on which something is asked of the server. */
export interface Line {
  readonly client: Client;
  /** For messages. */
  readonly host: string;
  /** Fires when the connection has ended. */
  readonly gone: AbortSignal;
}

export type Answer<T> = (error: Error | undefined | null, value: T) => void;

/**
 * What the server answers to `ask`. What comes after the signal or the deadline goes to `late`, so that nothing stays
 * open that nobody knows. Throws ExpectedError: 'closed', 'timed-out', or what `refused` makes of the server's no.
 */
export async function request<T>(
  { client, host, gone }: Line,
  signal: AbortSignal,
  ask: (client: Client, answer: Answer<T>) => void,
  refused: (error: Error) => Error,
  late: (value: T) => void,
): Promise<T> {
  throwIfCancelled(signal);
  if (gone.aborted) throw closedError(host);
  const deadline = withDeadline([signal, gone], ANSWER_DEADLINE_MS);
  try {
    return await new Promise<T>((resolve, reject) => {
      deadline.signal.addEventListener('abort', () => {
        if (gone.aborted) reject(closedError(host));
        else if (signal.aborted) reject(new CancelledError('cancelled'));
        else reject(noAnswerError(host, ANSWER_DEADLINE_MS / 1_000));
      });
      try {
        ask(client, (error, value) => {
          if (deadline.signal.aborted) {
            if (error == null) late(value);
          } else if (error == null) resolve(value);
          else reject(refused(error));
        });
      } catch {
        reject(closedError(host)); // ssh2 throws only where its socket is closed.
      }
    });
  } finally {
    deadline.clear();
  }
}
