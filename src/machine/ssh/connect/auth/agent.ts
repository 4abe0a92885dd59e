import {
  BaseAgent,
  createAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import { withDeadline } from '../../../../lib/deadline';
import { CancelledError } from '../../../../lib/errors';
import type { Signer } from './signer';

const LIST_DEADLINE_MS = 10_000;
/** It may ask its user to confirm, or for a touch. */
const SIGN_DEADLINE_MS = 120_000;

export interface AgentKey extends Signer {
  readonly comment: string;
}

/** The keys of the agent; throws when it does not answer. Keys of kinds that ssh2 does not know are left out. */
export async function agentKeys(socket: string, signal: AbortSignal): Promise<readonly AgentKey[]> {
  const agent = createAgent(socket);
  const keys = await answered<readonly unknown[]>(signal, LIST_DEADLINE_MS, (answer) => agent.getIdentities(answer));
  return keys.filter(isParsedKey).map((key) => ({
    blob: key.getPublicSSH(),
    comment: key.comment,
    sign: (data, hash) =>
      answered<Buffer>(signal, SIGN_DEADLINE_MS, (answer) =>
        agent.sign(key, data, hashOption(hash), (error, signature) => answer(error, signature)),
      ),
  }));
}

/** ssh2's types know fewer names of hashes than it takes. */
function hashOption(hash: string | undefined): SigningRequestOptions {
  return hash === undefined ? {} : ({ hash } as SigningRequestOptions);
}

function isParsedKey(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'getPublicSSH' in key;
}

async function answered<T>(
  signal: AbortSignal,
  deadlineMs: number,
  ask: (answer: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T> {
  const deadline = withDeadline(signal, deadlineMs);
  try {
    return await new Promise<T>((resolve, reject) => {
      deadline.signal.addEventListener('abort', () =>
        reject(deadline.fired === 'cancelled' ? new CancelledError('cancelled') : new Error('no answer')),
      );
      ask((error, value) => {
        if (error != null || value === undefined) reject(error ?? new Error('no answer'));
        else resolve(value);
      });
    });
  } finally {
    deadline.clear();
  }
}

/**
 * One key in the form of an agent, because ssh2 lets only agents sign later: the server is offered the public key, and
 * only when it would take it `sign` is called, which may ask for a passphrase.
 */
export class OneKeyAgent extends BaseAgent<Buffer> {
  constructor(
    private readonly blob: Buffer,
    private readonly signData: Signer['sign'],
  ) {
    super();
  }

  override getIdentities(answer: IdentityCallback<Buffer>): void {
    answer(undefined, [this.blob]);
  }

  override sign(
    _key: Buffer,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const answer = typeof options === 'function' ? options : callback;
    const hash: unknown = typeof options === 'function' ? undefined : Reflect.get(options, 'hash');
    this.signData(data, typeof hash === 'string' ? hash : undefined).then(
      (signature) => answer?.(undefined, signature),
      (error: unknown) => answer?.(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
