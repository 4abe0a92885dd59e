import { MessageChannel } from 'node:worker_threads';
import type { Machine } from '../../src/machine/machine';
import type { OwnedMachines } from '../../src/machine/machines';
import type { ToClient, ToServer } from '../../src/runtime/protocol';
import { ToolClient } from '../../src/runtime/toolClient';
import { ToolServer, type MachineNeeds } from '../../src/runtime/toolServer';
import type { ToolEntry } from '../../src/tool/registry';
import type { Recordings } from '../../src/tool/recordings';
import type { Person } from '../../src/machine/person';
import type { AnyTool, Log, Secrets } from '../../src/tool/tool';
import { NO_MACHINES, NO_RECORDINGS, NO_SECRETS, QUIET_LOG } from './runContext';

export interface Runtime {
  readonly client: ToolClient;
  /** How often a connection was made. */
  connections: number;
  /** What the other side would see when its thread dies. */
  fail(error: Error): void;
}

export interface RuntimeOptions {
  readonly machine?: Machine;
  /** Instead of the one machine. */
  readonly machines?: (needs: MachineNeeds) => OwnedMachines;
  readonly log?: Log;
  readonly secrets?: Secrets;
  readonly person?: Person;
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
      person: options.person ?? { ask: () => Promise.resolve(null) },
      ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
      connect: (events) => {
        made.connections += 1;
        made.fail = events.onFailure;
        const { port1, port2 } = new MessageChannel();
        const server = new ToolServer({
          tools: entries,
          recordings: options.recordings ?? NO_RECORDINGS,
          machines: (needs) => options.machines?.(needs) ?? onlyLocal(options.machine ?? ({} as Machine)),
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

function onlyLocal(machine: Machine): OwnedMachines {
  return {
    ...NO_MACHINES,
    open: (name, signal) => (name === 'local' ? Promise.resolve(machine) : NO_MACHINES.open(name, signal)),
    disconnect: () => Promise.resolve(),
    configure: () => undefined,
    close: () => Promise.resolve(),
  };
}

export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
