import type { CertificateFacts } from '../../../../machine/ssh/keys/certificate';
import type { PublicKeyFacts } from '../../../../machine/ssh/keys/publicKey';
import type { KeyProblem } from './schema';

/** What is to be said of the kind of a key (NIST SP 800-57 part 1, table 2: 3,072 bits of RSA for 128 of security). */
export function typeProblems({ plainType, bits }: PublicKeyFacts): readonly KeyProblem[] {
  if (plainType === 'ssh-dss') return ['dsa'];
  if (plainType === 'ssh-rsa') return bits < 2_048 ? ['rsa-weak'] : bits < 3_072 ? ['rsa-short'] : [];
  return plainType.startsWith('ecdsa-') ? ['ecdsa'] : [];
}

export function certificateProblems(certificate: CertificateFacts | null, nowMs: number): readonly KeyProblem[] {
  if (certificate === null) return [];
  const { validAfterMs, validBeforeMs, signatureVerified } = certificate;
  return [
    ...(signatureVerified ? [] : ['bad-signature' as const]),
    ...(validAfterMs !== null && nowMs < validAfterMs ? ['not-yet-valid' as const] : []),
    ...(validBeforeMs !== null && nowMs >= validBeforeMs ? ['expired' as const] : []),
  ];
}
