import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { machineWords } from '../../fileErrors';

const MAX_SHOWN_CHARACTERS = 120;

/** 'closed': the channel has ended, by us or by the other side. */
export function closedError(machineName: string, options?: ErrorOptions): ExpectedError {
  const message = l10n.t('The file connection to {0} has ended. Connect again.', machineWords(machineName));
  return new ExpectedError('closed', message, options);
}

/** 'timed-out': nothing came, for so long. */
export function silentError(machineName: string, waitedMs: number): ExpectedError {
  const message = l10n.t(
    'The SFTP server of {0} has been silent for {1} s. Check the connection, and the disk or network mount there.',
    machineWords(machineName),
    Math.max(1, Math.round(waitedMs / 1_000)),
  );
  return new ExpectedError('timed-out', message);
}

/** 'protocol': the server sends what is no SFTP; the session cannot go on. */
export function protocolError(machineName: string, detail: string, options?: ErrorOptions): ExpectedError {
  const message = l10n.t(
    'The SFTP server of {0} does not keep to the protocol: {1}. Update it, or use another server program.',
    machineWords(machineName),
    detail,
  );
  return new ExpectedError('protocol', message, options);
}

/** 'protocol': words where the first packet should be. They come from a login script. */
export function chatterError(machineName: string, words: Buffer): ExpectedError {
  const message = l10n.t(
    'On {0} something prints text where SFTP is expected: “{1}”. Let .bashrc or .profile there print in interactive shells only.',
    machineWords(machineName),
    shownText(words.toString('utf8')),
  );
  return new ExpectedError('protocol', message);
}

/** 'unsupported': the channel ended before SFTP began. */
export function noSftpError(machineName: string): ExpectedError {
  const message = l10n.t(
    '{0} has no SFTP server, or it does not start. Check the line “Subsystem sftp” of its sshd_config.',
    machineWords(machineName),
  );
  return new ExpectedError('unsupported', message);
}

/** 'unsupported': another version than 3. */
export function versionError(machineName: string, version: number): ExpectedError {
  const message = l10n.t(
    'The SFTP server of {0} speaks version {1} only; version 3 is needed. Use another server program.',
    machineWords(machineName),
    version,
  );
  return new ExpectedError('unsupported', message);
}

/** Words from a server for a sentence: one line, not too long. */
export function shownText(text: string): string {
  const line = shownPath(text.trim());
  return line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS)}…` : line;
}
