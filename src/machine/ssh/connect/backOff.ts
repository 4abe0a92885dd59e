import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';

const FIRST_MS = 1_000;
const LAST_MS = 60_000;

/** How long to leave a host alone that could not be reached: 1, 2, 4 … 60 s. */
export interface BackOff {
  /** The error of the last attempt, with how long to wait still; null when it may be tried. */
  waiting(now: number): ExpectedError | null;
  failed(error: Error, now: number): void;
}

export function backOff(): BackOff {
  let delayMs = FIRST_MS / 2;
  let until = -Infinity;
  let last: Error | null = null;
  return {
    waiting: (now) => {
      if (last === null || now >= until) return null;
      const seconds = Math.ceil((until - now) / 1_000);
      const code = last instanceof ExpectedError ? last.code : 'failed';
      const message = l10n.t('{0} It is tried again in {1} s at the earliest.', last.message, seconds);
      return new ExpectedError(code, message, { cause: last });
    },
    failed: (error, now) => {
      last = error;
      delayMs = Math.min(delayMs * 2, LAST_MS);
      until = now + delayMs;
    },
  };
}
