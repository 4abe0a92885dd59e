import * as l10n from '@vscode/l10n';
import type { Cell } from '../../../report/model';
import type { TextComparison, TextSide } from '../core/text/schema';

/** Where a side is from; marked where that makes its content doubtful. */
export function originCell(side: TextSide): Cell {
  const text = originText(side.origin);
  return troublesOf(side).length === 0 ? text : { text, status: 'warning' };
}

/** Sentences about what was read although something is wrong with where it is from. */
export function originTroubles({ left, right }: TextComparison): readonly string[] {
  return [...troublesOf(left), ...troublesOf(right)];
}

function originText(origin: TextSide['origin']): string {
  switch (origin.kind) {
    case 'file':
      return l10n.t('a file');
    case 'text':
      return l10n.t('a given text');
    case 'member':
      return l10n.t('an archive');
    case 'git':
      return l10n.t('commit {0}', origin.commit.slice(0, 12));
    case 'command':
      return origin.signal === null
        ? l10n.t('a command, exit code {0}', origin.exitCode ?? '')
        : l10n.t('a command, ended by {0}', origin.signal);
    case 'url':
      return l10n.t('{0}, HTTP status {1}', origin.url, origin.status);
  }
}

function troublesOf({ label, origin }: TextSide): readonly string[] {
  if (origin.kind === 'command') return commandTroubles(label, origin);
  if (origin.kind !== 'url') return [];
  return [
    ...(origin.status < 400 ? [] : [l10n.t('{0} answered with HTTP status {1}.', label, origin.status)]),
    ...(origin.distrust === null
      ? []
      : [l10n.t('The certificate of {0} is not to be trusted: {1}.', label, distrustText(origin.distrust))]),
  ];
}

function commandTroubles(label: string, origin: TextSide['origin'] & { readonly kind: 'command' }): readonly string[] {
  const { exitCode, signal, complaint } = origin;
  if (signal !== null) return [l10n.t('{0} was ended by {1}.', label, signal)];
  if (exitCode === 0) return [];
  const said = complaint.split('\n').find((line) => line.trim() !== '');
  return said === undefined
    ? [l10n.t('{0} ended with exit code {1}.', label, exitCode ?? '')]
    : [l10n.t('{0} ended with exit code {1} ({2}).', label, exitCode ?? '', said.trim().slice(0, 300))];
}

function distrustText(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return l10n.t('it has expired');
    case 'CERT_NOT_YET_VALID':
      return l10n.t('it is not valid yet');
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return l10n.t('it is for another name');
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return l10n.t('it is signed by itself, or by an authority that this computer does not know');
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return l10n.t('its issuer is not known to this computer, or the server leaves out a certificate in between');
    default:
      return code;
  }
}
