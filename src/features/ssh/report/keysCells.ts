import * as l10n from '@vscode/l10n';
import type { Cell, Column, RichCell } from '../../../report/model';
import type { CertificateRow, KeyProblem, PrivateKeyRow } from '../core/keys/schema';
import { keyText, problemStatus } from './keysWords';

export function keyColumns(): readonly Column[] {
  return [
    { id: 'key', title: l10n.t('Key') },
    { id: 'problem', title: l10n.t('Remark') },
    { id: 'comment', title: l10n.t('Comment') },
    { id: 'fingerprint', title: l10n.t('Fingerprint'), code: true },
  ];
}

type KeyRow = Pick<PrivateKeyRow, 'label' | 'bits' | 'fingerprint' | 'comment' | 'problems'>;

export function keyCells({ label, bits, fingerprint, comment, problems }: KeyRow): readonly Cell[] {
  return [label === null ? null : keyText(label, bits), problemCell(problems), comment || null, fingerprint];
}

export function certificateCell(certificate: CertificateRow | null): Cell {
  if (certificate === null) return null;
  const names = certificate.principals.join(', ');
  return [certificate.keyId, names === '' ? '' : `(${names})`, endText(certificate.validBeforeMs)]
    .filter(Boolean)
    .join(' ');
}

function endText(validBeforeMs: number | null): string {
  if (validBeforeMs === null) return l10n.t('for ever');
  return l10n.t('until {0}', `${new Date(validBeforeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
}

function problemCell(problems: readonly KeyProblem[]): Cell {
  if (problems.length === 0) return null;
  const statuses = problems.map(problemStatus);
  const status = (['error', 'warning', 'info'] as const).find((one) => statuses.includes(one)) ?? 'info';
  return { text: problems.map(problemText).join(l10n.t(', ')), status } satisfies RichCell;
}

function problemText(problem: KeyProblem): string {
  switch (problem) {
    case 'broken':
      return l10n.t('cannot be read');
    case 'dsa':
      return l10n.t('DSA: no longer accepted by OpenSSH');
    case 'rsa-weak':
      return l10n.t('weak: RSA under 2,048 bits');
    case 'rsa-short':
      return l10n.t('RSA under 3,072 bits');
    case 'ecdsa':
      return l10n.t('ECDSA: Ed25519 is the simpler choice');
    case 'not-encrypted':
      return l10n.t('no passphrase');
    case 'open':
      return l10n.t('others may read it');
    case 'other-public-key':
      return l10n.t('the .pub file beside belongs to another key');
    case 'expired':
      return l10n.t('certificate expired');
    case 'not-yet-valid':
      return l10n.t('certificate not valid yet');
    case 'bad-signature':
      return l10n.t('the signature of the certificate is wrong');
  }
}
