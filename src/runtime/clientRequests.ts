import { CancelledError } from '../lib/errors';
import type { AnswerTo, Person, Question } from '../machine/person';
import type { Secrets } from '../tool/tool';
import type { ClientRequest, ToClient, ToServer } from './protocol';
import { fromWire } from './wireError';

/** The tools' side of what only the editor can do: keep secrets, and ask the person. */
export class ClientRequests {
  private readonly waiting = new Map<number, (reply: ToServer & { kind: 'reply' }) => void>();
  private last = 0;

  constructor(private readonly post: (message: ToClient) => void) {}

  take(reply: ToServer & { kind: 'reply' }): void {
    this.waiting.get(reply.id)?.(reply);
    this.waiting.delete(reply.id);
  }

  readonly secrets: Secrets = {
    get: async (key) => (await this.request({ kind: 'getSecret', key })) as string | undefined,
    store: async (key, value) => void (await this.request({ kind: 'storeSecret', key, value })),
    delete: async (key) => void (await this.request({ kind: 'deleteSecret', key })),
  };

  readonly person: Person = {
    ask: async <Q extends Question>(question: Q, signal: AbortSignal) =>
      (await this.request({ kind: 'ask', question }, signal)) as AnswerTo<Q> | null,
  };

  private request(request: ClientRequest, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(new CancelledError('cancelled'));
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.waiting.delete(id);
        this.post({ kind: 'requestCancelled', id });
        reject(new CancelledError('cancelled'));
      };
      this.waiting.set(id, ({ value, error }) => {
        signal?.removeEventListener('abort', cancel);
        if (error === undefined) resolve(value);
        else reject(fromWire(error));
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.post({ kind: 'request', id, request });
    });
  }
}
