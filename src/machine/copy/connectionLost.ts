import { ExpectedError } from '../../lib/errors';

/** What a file or its file system is the reason for; it would be no better the next time. */
const OF_THE_FILE: ReadonlySet<string> = new Set(
  'missing denied exists not-empty disk-full not-a-folder is-a-folder read-only failed invalid-input not-a-file too-large unsupported not-found mismatch changed'.split(
    ' ',
  ),
);

/** Whether another try may go well: not where the file or its file system is the reason. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof ExpectedError && !OF_THE_FILE.has(error.code);
}
