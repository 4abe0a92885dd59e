import { MessageChannel } from 'node:worker_threads';
import type { Machine } from '../../src/machine/machine';
import type { ToClient, ToServer } from '../../src/runtime/protocol';
import { ToolClient } from '../../src/runtime/toolClient';
import { ToolServer } from '../../src/runtime/toolServer';
import type { ToolEntry } from '../../src/tool/registry';
import type { Recordings } from '../../src/tool/recordings';
import type { AnyTool, Log, Secrets } from '../../src/tool/tool';

export const QUIET_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const NO_SECRETS: Secrets = {
  get: () => Promise.resolve(undefined),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

export const NO_RECORDINGS: Recordings = {
  append: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  read: () => Promise.reject(new Error('nothing is recorded')),
  clear: () => Promise.resolve(),
};

export interface Runtime {
  readonly client: ToolClient;
  /** How often a connection was made. */
  connections: number;
  /** What the other side would see when its thread dies. */
  fail(error: Error): void;
}

export interface RuntimeOptions {
  readonly machine?: Machine;
  readonly log?: Log;
  readonly secrets?: Secrets;
  readonly recordings?: Recordings;
  readonly idleMs?: number;
  /** Of every tool. */
  readonly live?: boolean;
}

/** A client and a server as in the extension, with a real message channel between them but in one thread. */
export function toolRuntime(tools: Readonly<Record<string, AnyTool>>, options: RuntimeOptions = {}): Runtime {
  const text = { en: '', 'zh-cn': '' };
  const entries: ToolEntry[] = Object.entries(tools).map(([id, tool]) => ({
    id,
    manifest: {
      title: text,
      description: text,
      effect: 'plan' in tool ? 'change' : 'read',
      live: options.live ?? false,
      icon: 'add',
    },
    load: () => Promise.resolve(tool),
  }));
  const made: Runtime = {
    connections: 0,
    fail: () => undefined,
    client: new ToolClient({
      log: options.log ?? QUIET_LOG,
      secrets: options.secrets ?? NO_SECRETS,
      ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
      connect: (events) => {
        made.connections += 1;
        made.fail = events.onFailure;
        const { port1, port2 } = new MessageChannel();
        const server = new ToolServer({
          tools: entries,
          recordings: options.recordings ?? NO_RECORDINGS,
          machine: (name) =>
            name === 'local'
              ? Promise.resolve(options.machine ?? ({} as Machine))
              : Promise.reject(new Error(`no machine ${name}`)),
          post: (message, transfer) => port2.postMessage(message, [...(transfer ?? [])]),
        });
        port2.on('message', (message: ToServer) => server.take(message));
        port1.on('message', (message: ToClient) => events.onMessage(message));
        port1.unref();
        port2.unref();
        return {
          post: (message) => port1.postMessage(message),
          end: () => {
            port1.close();
            port2.close();
          },
        };
      },
    }),
  };
  return made;
}

export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
