import * as l10n from '@vscode/l10n';
import { fingerprintOf } from '../keys/publicKey';
import type { HostKeyVerdict, ShownKey } from '../knownHosts/judge';
import type { HostOptions } from '../options';
import { hostLabel, shortPath } from './names';

export function changedText(
  options: HostOptions,
  key: ShownKey,
  { keyType, fingerprint, file, line }: HostKeyVerdict & { kind: 'changed' },
): string {
  const text = l10n.t(
    'The host key of {0} has changed: it shows {1} {2}, known is {3} {4} ({5}, line {6}). Somebody may be listening in, or the host was set up anew. Ask its administrator for the fingerprint; if it is right, remove that line and connect again. Nothing was sent.',
    hostLabel(options),
    key.type,
    fingerprintOf(key.blob),
    keyType,
    fingerprint,
    shortPath(file),
    line,
  );
  return options.strictHostKeyChecking === 'no'
    ? `${text} ${l10n.t('A changed key is refused also with “StrictHostKeyChecking no”.')}`
    : text;
}

export function revokedText(
  options: HostOptions,
  key: ShownKey,
  { file, line }: HostKeyVerdict & { kind: 'revoked' },
): string {
  return l10n.t(
    '{0} shows a host key that is revoked: {1} {2} ({3}, line {4}). It must not be trusted. Ask the administrator of the host for its new key. Nothing was sent.',
    hostLabel(options),
    key.type,
    fingerprintOf(key.blob),
    shortPath(file),
    line,
  );
}

export function unknownText(options: HostOptions, key: ShownKey): string {
  const label = hostLabel(options);
  const fingerprint = fingerprintOf(key.blob);
  if (options.strictHostKeyChecking === 'yes') {
    return l10n.t(
      'The host key of {0} is not known ({1} {2}), and “StrictHostKeyChecking yes” refuses unknown hosts. Add its key to {3} when the fingerprint is right.',
      label,
      key.type,
      fingerprint,
      knownHostsFile(options),
    );
  }
  return l10n.t(
    'The host key of {0} is not known and was not trusted: {1} {2}. Compare the fingerprint with what the administrator of the host tells, then connect from where it can be trusted, or add it to {3}.',
    label,
    key.type,
    fingerprint,
    knownHostsFile(options),
  );
}

function knownHostsFile(options: HostOptions): string {
  return shortPath(options.userKnownHostsFiles[0] ?? '~/.ssh/known_hosts');
}
