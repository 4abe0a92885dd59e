import * as l10n from '@vscode/l10n';
import type { Status } from '../../../report/model';
import type { KeyProblem } from '../core/keys/schema';
import type { HostProblem } from '../core/knownHosts/schema';

/** A machine as sentences call it. */
export function machineText(name: string): string {
  return name === 'local' ? l10n.t('this machine') : name;
}

/** 'RSA 3072', 'ED25519'. */
export function keyText(label: string, bits: number | null): string {
  return bits === null || label.startsWith('ED25519') ? label : `${label} ${bits}`;
}

/** '600'; null where it is not known. */
export function modeText(mode: number | null): string | null {
  return mode === null ? null : mode.toString(8).padStart(3, '0');
}

export function problemStatus(problem: HostProblem | KeyProblem): Status {
  switch (problem) {
    case 'revoked':
    case 'dsa':
    case 'rsa-weak':
    case 'open':
      return 'error';
    case 'rsa-short':
    case 'ecdsa':
    case 'duplicate':
    case 'not-encrypted':
      return 'info';
    case 'conflict':
    case 'broken-marker':
    case 'broken-names':
    case 'broken-no-key':
    case 'broken-key':
    case 'broken-short-key':
    case 'broken':
    case 'other-public-key':
    case 'expired':
    case 'not-yet-valid':
    case 'bad-signature':
      return 'warning';
  }
}
