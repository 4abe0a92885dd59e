import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { isLegacy, type AlgorithmKind, type Offer } from './algorithms';
import { oneLine } from './names';
import type { HandshakeTrace } from './trace';

/** Code of the failure that another transport may not have. */
export const NO_COMMON_ALGORITHM = 'no-common-algorithm';

export function silentError(host: string, seconds: number, step: HandshakeTrace['step']): ExpectedError {
  switch (step) {
    case 'banner':
      return new ExpectedError(
        'timed-out',
        l10n.t(
          '{0} took the connection and said nothing within {1} s (step: banner). Something else than SSH may listen there, or the server is overloaded.',
          host,
          seconds,
        ),
      );
    case 'key-exchange':
    case 'host-key':
      return new ExpectedError(
        'timed-out',
        l10n.t(
          '{0} did not go on within {1} s (step: key exchange). A firewall that drops large packets (MTU) does that, or an overloaded server.',
          host,
          seconds,
        ),
      );
    case 'authentication':
      return new ExpectedError(
        'timed-out',
        l10n.t(
          '{0} did not answer within {1} s (step: authentication). What checks its users (PAM, LDAP) may hang.',
          host,
          seconds,
        ),
      );
  }
}

/** The connection ended within a step; `hint`: what a ProxyCommand wrote, or what ssh2 said. */
export function endedError(host: string, step: HandshakeTrace['step'], hint: string): ExpectedError {
  const said = hint === '' ? '' : ` (${oneLine(hint)})`;
  const message =
    step === 'banner'
      ? l10n.t(
          '{0} closed the connection before it spoke SSH{1}. Something else may listen there, or the server takes no more connections now (MaxStartups).',
          host,
          said,
        )
      : l10n.t('{0} closed the connection during the key exchange{1}. Its log tells why.', host, said);
  return new ExpectedError('closed', message);
}

export function notSshError(host: string, reason: string): ExpectedError {
  return new ExpectedError(
    'failed',
    l10n.t('What listens at {0} does not speak SSH 2 ({1}). Check the port.', host, oneLine(reason)),
  );
}

/** Whatever ssh2 says of a key exchange that failed. */
export function exchangeError(host: string, error: Error, offer: Offer, trace: HandshakeTrace): ExpectedError {
  const kind = /no matching (key exchange|host key|C->S cipher|S->C cipher|C->S MAC|S->C MAC|.*compression)/iu.exec(
    error.message,
  )?.[1];
  if (kind === undefined) {
    return new ExpectedError(
      'failed',
      l10n.t('The key exchange with {0} failed: {1}. Its log may tell more.', host, oneLine(error.message)),
      { cause: error },
    );
  }
  const { option, ours, theirs, legacy } = listsOf(kind.toLowerCase(), offer, trace);
  const offers = theirs.length === 0 ? '?' : oneLine(theirs.join(', '), 600);
  const message = l10n.t(
    '{0} has no {1} in common with us. It offers: {2}. We offer: {3}.',
    host,
    option,
    offers,
    ours.join(', '),
  );
  const [old] = legacy;
  const advice =
    old === undefined
      ? l10n.t('It needs the ssh of this computer, where that knows one of them.')
      : l10n.t(
          'They are old and not safe. They can be allowed for this host alone, in the SSH configuration: {0} +{1}',
          option,
          old,
        );
  return new ExpectedError(NO_COMMON_ALGORITHM, `${message} ${advice}`, { cause: error });
}

interface Lists {
  readonly option: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Of theirs, what we know and offer only where it is named. */
  readonly legacy: readonly string[];
}

function listsOf(kind: string, offer: Offer, { offered }: HandshakeTrace): Lists {
  const lists = (option: string, of: AlgorithmKind, theirs: readonly string[] = []): Lists => ({
    option,
    ours: offer[of],
    theirs,
    legacy: theirs.filter((name) => isLegacy(of, name)),
  });
  if (kind.includes('key exchange')) return lists('KexAlgorithms', 'kex', offered?.kex);
  if (kind.includes('host key')) return lists('HostKeyAlgorithms', 'hostKey', offered?.hostKey);
  if (kind.includes('cipher')) return lists('Ciphers', 'cipher', offered?.ciphers);
  if (kind.includes('mac')) return lists('MACs', 'mac', offered?.macs);
  return { option: 'Compression', ours: ['none', 'zlib'], theirs: [], legacy: [] };
}

/** '' where nothing old was settled. */
export function legacyRemark(host: string, names: readonly string[]): string {
  return names.length === 0
    ? ''
    : l10n.t('Old algorithms are used ({0}), because the configuration of {1} names them.', names.join(', '), host);
}
