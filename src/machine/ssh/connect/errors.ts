import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { oneLine } from './names';

/** The connection was there and is no longer; `reason` as ssh2 or the server tells it, '' for none. */
export function lostError(host: string, reason: string): ExpectedError {
  const message =
    reason === ''
      ? l10n.t('The connection to {0} was lost. It is opened anew when it is needed.', host)
      : l10n.t('The connection to {0} was lost ({1}). It is opened anew when it is needed.', host, oneLine(reason));
  return new ExpectedError('closed', message);
}

export function closedError(host: string): ExpectedError {
  return new ExpectedError('closed', l10n.t('The connection to {0} is closed. Try again: it is opened anew.', host));
}

export function noAnswerError(host: string, seconds: number): ExpectedError {
  return new ExpectedError(
    'timed-out',
    l10n.t(
      '{0} did not answer the request for a channel within {1} s. Try again, or look after the host.',
      host,
      seconds,
    ),
  );
}

/** Reasons of SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254, 5.1). */
const PROHIBITED = 1;
const CONNECT_FAILED = 2;

/** A session that the server refuses: mostly because of MaxSessions. */
export function sessionRefused(host: string, error: Error): ExpectedError {
  return new ExpectedError(
    'refused',
    l10n.t(
      '{0} refuses another session on this connection ({1}). Its MaxSessions may be reached: end other commands there, or raise it.',
      host,
      oneLine(error.message),
    ),
    { cause: error },
  );
}

/** A connection that was to leave from the host. */
export function connectRefused(host: string, target: string, error: Error): ExpectedError {
  const reason: unknown = Reflect.get(error, 'reason');
  const said = oneLine(error.message.replace('(SSH) Channel open failure: ', ''));
  if (reason === PROHIBITED) {
    const message = l10n.t(
      '{0} does not allow a connection to {1} ({2}). Its AllowTcpForwarding, AllowStreamLocalForwarding or PermitOpen forbids it.',
      host,
      target,
      said,
    );
    return new ExpectedError('denied', message, { cause: error });
  }
  const message =
    reason === CONNECT_FAILED
      ? l10n.t('{0} cannot reach {1} ({2}). Check the address, the port and the service there.', host, target, said)
      : l10n.t('{0} opens no connection to {1} ({2}).', host, target, said);
  return new ExpectedError('refused', message, { cause: error });
}

export function listenRefused(host: string, target: string, error: Error): ExpectedError {
  return new ExpectedError(
    'refused',
    l10n.t(
      '{0} does not listen on {1} for us. The address may be in use there, or its AllowTcpForwarding, AllowStreamLocalForwarding or PermitListen forbids it.',
      host,
      target,
    ),
    { cause: error },
  );
}
