import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { shortPath } from '../names';
import { ask, canAsk, type AuthContext } from './context';
import type { IdentityFile } from './keyFile';
import { WrongPassphrase } from './passphrase';
import { passphraseKey } from './secretStore';
import type { Signer } from './signer';

const PASSPHRASE_TRIES = 3;

/** With the passphrase that is kept, or with one that the person gives: up to three times, without the server. */
export async function unlockFile(context: AuthContext, file: IdentityFile): Promise<Signer> {
  if (!file.encrypted) return file.unlock('');
  const key = passphraseKey(file.path, file.blob);
  const kept = await context.secrets.get(key);
  if (kept !== undefined) {
    const signer = tryPassphrase(file, kept);
    if (signer !== null) return signer;
    await context.secrets.forget(key);
  }
  if (!canAsk(context)) throw lockedError(file);
  for (let round = 0; round < PASSPHRASE_TRIES; round++) {
    const answer = await ask(context, {
      title: l10n.t(
        'Passphrase of the key {0} for {1} on {2}',
        shortPath(file.path),
        context.options.user,
        context.host,
      ),
      instruction: '',
      prompts: [{ text: l10n.t('Passphrase'), echo: false }],
      refusal: round === 0 ? '' : l10n.t('The passphrase does not fit this key.'),
      canKeep: true,
    });
    if (answer === null) break;
    const passphrase = answer.texts[0] ?? '';
    const signer = tryPassphrase(file, passphrase);
    if (signer === null) continue;
    // It has proved right by itself, whatever the server says to the key.
    await context.secrets.keepNow(key, passphrase, answer.keep);
    return signer;
  }
  throw lockedError(file);
}

function tryPassphrase(file: IdentityFile, passphrase: string): Signer | null {
  try {
    return file.unlock(passphrase);
  } catch (error) {
    if (error instanceof WrongPassphrase) return null;
    throw error;
  }
}

function lockedError(file: IdentityFile): ExpectedError {
  return new ExpectedError(
    'denied',
    l10n.t(
      'the key is encrypted and there is no passphrase for it: add it to the agent with ssh-add {0}',
      shortPath(file.path),
    ),
  );
}
