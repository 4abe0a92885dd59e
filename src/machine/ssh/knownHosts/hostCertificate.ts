import type { CertificateFacts } from '../keys/certificate';
import { lowerCase, matchesPattern } from './names';
import type { KnownHostEntry } from './parse';

/** Why a host's certificate does not count; its plain key is looked up then, as by ssh. */
export type CertificateProblem =
  | 'untrusted-authority'
  | 'user-certificate'
  | 'bad-signature'
  | 'weak-signature'
  | 'not-yet-valid'
  | 'expired'
  | 'other-host'
  | 'critical-option';

/** The default of CASignatureAlgorithms (ssh_config(5)): no SHA-1, no DSA. */
const SIGNATURE_ALGORITHMS: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
  'rsa-sha2-512',
  'rsa-sha2-256',
]);

/** Null where the certificate vouches for that host now (sshkey_cert_check_host of OpenSSH). */
export function certificateProblem(
  certificate: CertificateFacts,
  hostName: string,
  authority: KnownHostEntry | undefined,
  now: Date,
): CertificateProblem | null {
  if (authority === undefined) return 'untrusted-authority';
  if (certificate.kind !== 'host') return 'user-certificate';
  if (!certificate.signatureVerified) return 'bad-signature';
  if (!SIGNATURE_ALGORITHMS.has(certificate.signatureAlgorithm)) return 'weak-signature';
  const seconds = Math.floor(now.getTime() / 1_000) * 1_000;
  if (certificate.validAfterMs !== null && seconds < certificate.validAfterMs) return 'not-yet-valid';
  if (certificate.validBeforeMs !== null && seconds >= certificate.validBeforeMs) return 'expired';
  // One without any name is taken by older versions of OpenSSH only.
  const name = lowerCase(hostName);
  if (!certificate.principals.some((principal) => matchesPattern(principal, name))) return 'other-host';
  return certificate.criticalOptions.length > 0 ? 'critical-option' : null;
}
