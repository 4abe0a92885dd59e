import * as l10n from '@vscode/l10n';
import type { AnyAuthMethod } from 'ssh2';
import type { AuthTry } from '../../../connectionCheck';
import { isCancelled, messageOf } from '../../../../lib/errors';
import { fingerprintOf, parsePublicKey } from '../../keys/publicKey';
import { isNamed } from '../algorithms';
import type { AuthFailure } from '../ssh2Private';
import { OneKeyAgent } from './agent';
import type { Candidate, Candidates } from './candidates';
import { begin, type AuthContext } from './context';
import { unlockFile } from './unlock';
import type { Signer } from './signer';

/** What a method of authentication is: it gives what to send, and gets what the server said to it; null: nothing was sent. */
export type Attempts = AsyncGenerator<AnyAuthMethod, AuthFailure | null, AuthFailure | null>;

/** Keys that were offered already are not offered again, also not after a partial success. */
export interface OfferedKeys {
  readonly fingerprints: Set<string>;
}

/** Offers one key after the other; who owns it signs, or is asked for the passphrase, only when the server wants it. */
export async function* tryKeys(context: AuthContext, candidates: Candidates, offered: OfferedKeys): Attempts {
  let last: AuthFailure | null = null;
  for (const candidate of candidates.keys) {
    const known = await knownSigner(context, candidate);
    if (known === null) continue;
    const fingerprint = fingerprintOf(known.blob);
    if (offered.fingerprints.has(fingerprint)) continue;
    offered.fingerprints.add(fingerprint);
    begin(context, 'publickey', candidate.label);
    const trial: Trial = { message: '' };
    const reply = yield keyAttempt(context, candidate, known, trial);
    note(context, candidate, reply, trial);
    if (reply === null) continue;
    last = reply;
    if (reply.partial || !reply.left.includes('publickey')) return reply;
  }
  return last;
}

/** A key whose public part is known; `signer` is null while it is locked. */
interface Known {
  readonly blob: Buffer;
  readonly signer: Signer | null;
}

/** What became of one offer beside the server's answer. */
interface Trial {
  message: string;
}

/** Without its public part a locked key has to be unlocked before it can be offered. */
async function knownSigner(context: AuthContext, candidate: Candidate): Promise<Known | null> {
  if (candidate.kind === 'agent') return { blob: candidate.blob, signer: candidate.key };
  if (candidate.blob !== null) return { blob: candidate.blob, signer: null };
  try {
    const signer = await unlockFile(context, candidate.file);
    return { blob: signer.blob, signer };
  } catch (error) {
    if (isCancelled(error)) throw error;
    push(context, candidate.label, 'skipped', messageOf(error));
    return null;
  }
}

function keyAttempt(context: AuthContext, candidate: Candidate, known: Known, trial: Trial): AnyAuthMethod {
  const sign = async (data: Buffer, hash: string | undefined): Promise<Buffer> => {
    try {
      if (isRsa(known.blob) && (hash === undefined || hash === 'sha1') && !allowsSha1(context)) {
        throw new Error(sha1Text(context.host));
      }
      const signer = known.signer ?? (candidate.kind === 'file' ? await unlockFile(context, candidate.file) : null);
      if (signer === null) throw new Error('locked');
      return await context.whilePersonThinks(() => signer.sign(data, hash));
    } catch (error) {
      trial.message = messageOf(error);
      throw error;
    }
  };
  return { type: 'agent', username: context.options.user, agent: new OneKeyAgent(known.blob, sign) };
}

function note(context: AuthContext, { label }: Candidate, reply: AuthFailure | null, { message }: Trial): void {
  if (message !== '') push(context, label, 'skipped', message);
  else if (reply === null) push(context, label, 'skipped', l10n.t('no signature algorithm that both sides take'));
  else push(context, label, reply.partial ? 'partial' : 'refused', '');
}

function push(context: AuthContext, credential: string, outcome: AuthTry['outcome'], message: string): void {
  context.tries.push({ method: 'publickey', credential, outcome, message });
}

function isRsa(blob: Buffer): boolean {
  return parsePublicKey(blob).plainType === 'ssh-rsa';
}

/** RSA with SHA-1 is what servers want that do not know RFC 8332. */
function allowsSha1({ options }: AuthContext): boolean {
  return isNamed('ssh-rsa', options.pubkeyAcceptedAlgorithms, []);
}

function sha1Text(host: string): string {
  return l10n.t(
    '{0} takes RSA signatures with SHA-1 only, which is not safe. Use an Ed25519 or ECDSA key, or name it for this host: PubkeyAcceptedAlgorithms +ssh-rsa',
    host,
  );
}
