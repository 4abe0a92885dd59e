import { runWithDeadline } from '../../../lib/deadline';
import { SftpConnection } from './connection';
import type { SftpChannel, SftpSession } from './session';
import { silentError } from './sessionErrors';

const DEFAULT_SILENCE_MS = 30_000;

export interface SftpOptions {
  /** As Machine.name, for sentences. */
  readonly machineName: string;
  /** How long the server may say nothing while an answer is waited for. Default 30,000. */
  readonly silenceMs?: number;
}

/**
 * Makes a session of a channel at whose other end an SFTP server runs. Throws ExpectedError: 'unsupported' when there
 * is none or of another version, 'protocol' when something else talks there, 'timed-out', 'closed'. The channel is
 * closed then.
 */
export async function openSftp(channel: SftpChannel, options: SftpOptions, signal: AbortSignal): Promise<SftpSession> {
  const { machineName, silenceMs = DEFAULT_SILENCE_MS } = options;
  const connection = new SftpConnection(channel, { machineName, silenceMs });
  try {
    await runWithDeadline(
      signal,
      silenceMs,
      () => connection.begin(),
      () => silentError(machineName, silenceMs),
    );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
