import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Report } from '../../../report/model';
import { shownFile, type Authorization } from '../core/keys/authorize';
import type { GenerateKeyInput } from '../core/keys/inputs';
import type { AuthorizeResult, GenerateResult } from '../core/keys/schema';
import { typeProblems } from '../core/keys/problems';
import { keyFingerprint } from '../../../machine/ssh/keys/publicKey';
import { keyText, machineText } from './keysWords';
import type { EditQuestion } from './knownHostsEdits';

export function generateQuestion(input: GenerateKeyInput, file: string, machine: string): EditQuestion {
  return {
    question: l10n.t('Make a new key on {0}?', machineText(machine)),
    details: [
      l10n.t('File: {0}', shownPath(file)),
      l10n.t('Type: {0}', input.type),
      ...(input.comment === '' ? [] : [l10n.t('Comment: {0}', input.comment)]),
      input.passphrase === 'none'
        ? l10n.t('Without a passphrase: whoever can read the file can use the key.')
        : l10n.t('Afterwards you are given the command that sets its passphrase in a terminal.'),
    ],
    confirm: l10n.t('Make Key'),
  };
}

export function generateText({ label, bits, file, machine }: GenerateResult): string {
  return l10n.t('New key {0} in {1} on {2}.', keyText(label, bits), shownPath(file), machineText(machine));
}

export function generateReport(result: GenerateResult): Report {
  const { file, publicKey, label, bits, fingerprint, art, passphraseCommand } = result;
  const noPassphrase =
    passphraseCommand === null
      ? l10n.t('It has no passphrase: whoever can read the file can use it.')
      : l10n.t('It has no passphrase yet. Set one in a terminal on that machine with: {0}', passphraseCommand);
  return {
    title: shownPath(file),
    verdict: `${generateText(result)} ${noPassphrase}`,
    status: passphraseCommand === null ? 'ok' : 'warning',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: l10n.t('Private key'), value: shownPath(file), code: true },
          { label: l10n.t('Public key'), value: shownPath(`${file}.pub`), code: true },
          { label: l10n.t('Type'), value: keyText(label, bits) },
          { label: l10n.t('Fingerprint'), value: fingerprint, code: true },
        ],
      },
      { kind: 'text', title: l10n.t('Public Key'), text: publicKey, style: 'code' },
      { kind: 'text', title: l10n.t('Picture'), text: art, style: 'code' },
    ],
    actions: [
      { kind: 'copy', label: l10n.t('Copy Public Key'), text: publicKey },
      ...(passphraseCommand === null
        ? []
        : [{ kind: 'copy' as const, label: l10n.t('Copy Passphrase Command'), text: passphraseCommand }]),
    ],
  };
}

export function authorizeQuestion(plan: Authorization, machine: string): EditQuestion {
  const { action, settled } = plan;
  const { key, comment, options } = plan.entry;
  const where = machineText(machine);
  const install = action === 'install';
  return {
    question: install
      ? l10n.t('Let this key log in on {0}?', where)
      : l10n.t('Take the permission to log in on {0} from this key?', where),
    details: [
      l10n.t('Key: {0} {1}', keyText(key.label, key.bits), comment),
      l10n.t('Fingerprint: {0}', keyFingerprint(key)),
      ...(options === '' ? [] : [l10n.t('Options: {0}', options)]),
      l10n.t('File: {0}', shownFile(plan)),
      ...(settled ? [settledText(action)] : []),
      ...(install ? weaknessText(plan) : []),
      ...(plan.file.exists && !settled ? [l10n.t('The file as it is now is kept beside it.')] : []),
    ],
    confirm: install ? l10n.t('Install') : l10n.t('Remove'),
  };
}

export function authorizeText({ action, outcome, label, bits, comment, file, machine }: AuthorizeResult): string {
  const key = [keyText(label, bits), comment].filter((text) => text !== '').join(' ');
  const where = machineText(machine);
  if (outcome === 'present') return l10n.t('{0} was in {1} on {2} already.', key, shownPath(file), where);
  if (outcome === 'absent') return l10n.t('{0} was not in {1} on {2}.', key, shownPath(file), where);
  return action === 'install'
    ? l10n.t('{0} is now in {1} on {2}.', key, shownPath(file), where)
    : l10n.t('{0} was taken out of {1} on {2}.', key, shownPath(file), where);
}

export function authorizeReport(result: AuthorizeResult): Report {
  const { file, fingerprint, label, bits, comment, options, backup, sshdRefuses } = result;
  const refused =
    sshdRefuses === null
      ? ''
      : l10n.t('sshd will not take it: {0} can be written by others (StrictModes).', shownPath(sshdRefuses));
  return {
    title: l10n.t('Authorized Keys of {0}', machineText(result.machine)),
    verdict: [authorizeText(result), refused].filter((text) => text !== '').join(' '),
    status: sshdRefuses === null ? 'ok' : 'error',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: l10n.t('Key'), value: [keyText(label, bits), comment].join(' ').trim() },
          { label: l10n.t('Fingerprint'), value: fingerprint, code: true },
          ...(options === '' ? [] : [{ label: l10n.t('Options'), value: options, code: true }]),
          { label: l10n.t('File'), value: shownPath(file), code: true },
          ...(backup === null ? [] : [{ label: l10n.t('Backup'), value: shownPath(backup), code: true }]),
        ],
      },
    ],
  };
}

function settledText(action: Authorization['action']): string {
  return action === 'install'
    ? l10n.t('It is there already: nothing will be changed.')
    : l10n.t('It is not there: nothing will be changed.');
}

function weaknessText({ entry }: Authorization): readonly string[] {
  const problems = typeProblems(entry.key);
  if (problems.includes('dsa')) return [l10n.t('OpenSSH no longer accepts DSA keys.')];
  return problems.includes('rsa-weak') ? [l10n.t('This key is weak: RSA with fewer than 2,048 bits.')] : [];
}
