import * as os from 'node:os';
import * as path from 'node:path';
import type { ConnectionCheck } from '../connectionCheck';
import type { HostSettings } from '../hostSettings';
import { readInventory } from '../inventory/read';
import type { Host, Inventory } from '../machines';
import type { DirectoryParts } from '../needs';
import { openSshMachine, type SshMachine } from '../ssh';
import type { Tunnel, TunnelSpec } from '../tunnel';
import { ManyOptions } from './config/manyOptions';
import { parseDestination } from './config/names';
import type { ConfigSettings } from './config/settings';
import { sessionSecrets } from './connect/auth/sessionSecrets';
import { checkConnection } from './connect/check';
import { createConnections } from './connect/connections';
import type { ConnectParts } from './connect/parts';
import type { HostOptions, HostRequest } from './options';
import { systemTransport } from './system/systemTransport';
import type { Connections, Transport } from './transport';
import { openTunnel } from './tunnels/tunnel';

/** A batch of questions comes at once, and files of hosts change at the speed of people. */
const INVENTORY_MS = 2_000;
const SSH_PROGRAM = 'ssh';

export interface HostsParts extends Omit<DirectoryParts, 'settings' | 'local'> {
  /** As they are now. */
  settings(): Promise<HostSettings>;
}

/** Every host that SSH reaches: what files say of them, their connections, and the machines over them. */
export class SshHosts {
  private readonly connections: Connections;
  private readonly connectParts: ConnectParts;
  private readonly machines = new Map<string, Promise<SshMachine>>();
  private readonly connected = new Map<string, Transport>();
  private read: { readonly atMs: number; readonly inventory: Promise<Inventory> } | undefined;
  private current: HostSettings | undefined;
  private readonly options = new ManyOptions(() => performance.now());

  constructor(private readonly parts: HostsParts) {
    const { person, log } = parts;
    const secrets = sessionSecrets(parts.secrets);
    this.connectParts = {
      resolve: (request, signal) => this.resolve(request, signal),
      person,
      secrets,
      log,
      trusted: () => this.current?.trusted ?? false,
      system: (options, signal) => this.bySystem(options, signal),
      now: () => performance.now(),
    };
    const idleMs = (): number => (this.current?.idleMinutes ?? 5) * 60_000;
    this.connections = createConnections({ ...this.connectParts, idleMs });
  }

  /** From the next question on. */
  forget(): void {
    this.read = undefined;
  }

  async inventory(signal: AbortSignal): Promise<Inventory> {
    const nowMs = performance.now();
    if (this.read === undefined || nowMs - this.read.atMs > INVENTORY_MS) {
      // One reading serves all who ask, so none of them may cancel it.
      const unending = new AbortController().signal;
      const inventory = this.settings().then((settings) => readInventory(sourcesOf(settings), unending));
      this.read = { atMs: nowMs, inventory };
      inventory.catch(() => this.forget());
    }
    signal.throwIfAborted();
    return this.read.inventory;
  }

  async open(name: string, signal: AbortSignal): Promise<SshMachine> {
    const known = this.machines.get(name);
    if (known !== undefined) return known;
    const machine = openSshMachine(
      { name, transport: (limited) => this.transport(name, limited), log: this.parts.log },
      signal,
    );
    this.machines.set(name, machine);
    try {
      return await machine;
    } catch (error) {
      if (this.machines.get(name) === machine) this.machines.delete(name);
      throw error;
    }
  }

  async check(name: string, signal: AbortSignal): Promise<ConnectionCheck> {
    return checkConnection(await this.resolve({ name }, signal), this.connectParts, signal);
  }

  tunnel(name: string, spec: TunnelSpec, signal: AbortSignal): Promise<Tunnel> {
    const transport = (limited: AbortSignal): Promise<Transport> => this.transport(name, limited);
    return openTunnel(spec, { transport, onLog: (message) => this.parts.log.info(message) }, signal);
  }

  /** The next question connects anew. */
  async disconnect(name: string): Promise<void> {
    const transport = this.connected.get(name);
    transport?.close();
    await transport?.closed;
  }

  async close(): Promise<void> {
    const machines = await Promise.allSettled(this.machines.values());
    this.machines.clear();
    const open = machines.flatMap((machine) => (machine.status === 'fulfilled' ? [machine.value] : []));
    await Promise.all(open.map((machine) => machine.dispose()));
    await this.connections.close();
  }

  private async transport(name: string, signal: AbortSignal): Promise<Transport> {
    await this.settings();
    const transport = await this.connections.get(name, signal);
    if (this.connected.get(name) !== transport) {
      this.connected.set(name, transport);
      this.tellConnected();
      for (const remark of transport.remarks) this.parts.log.warn(`${name}: ${remark}`);
      void transport.closed.then(() => this.onClosed(name, transport));
    }
    return transport;
  }

  private onClosed(name: string, transport: Transport): void {
    if (this.connected.get(name) !== transport) return;
    this.connected.delete(name);
    this.tellConnected();
  }

  private tellConnected(): void {
    this.parts.onConnected(
      [...this.connected].map(([name, { kind, remarks }]) => ({ name, transport: kind, remarks })),
    );
  }

  private async settings(): Promise<HostSettings> {
    return (this.current = await this.parts.settings());
  }

  /** What an inventory says of the host wins over the SSH configuration. */
  private async resolve(request: HostRequest, signal: AbortSignal): Promise<HostOptions> {
    const settings = await this.settings();
    const { hosts } = await this.inventory(signal);
    const host = hosts.find(({ name }) => name === request.name);
    // A name that was typed may have a port, as that of a jump host may.
    const known = host === undefined ? parseDestination(request.name, true) : requestOf(host);
    return this.options.resolve({ ...request, ...known }, configSettings(settings), signal);
  }

  private async bySystem(options: HostOptions, signal: AbortSignal): Promise<Transport> {
    const { configFile } = await this.settings();
    const { person, secrets, log } = this.connectParts;
    const onLog = (message: string): void => log.debug(message);
    const system = { program: SSH_PROGRAM, configFile, person, secrets, env: process.env, onLog };
    return systemTransport(options, system, signal);
  }
}

function requestOf({ name, address, port, user }: Host): HostRequest {
  return {
    name,
    ...(address === null ? {} : { address }),
    ...(port === null ? {} : { port }),
    ...(user === null ? {} : { user }),
  };
}

function configSettings({ configFile, trusted }: HostSettings): ConfigSettings {
  return { configFile, home: os.homedir(), env: process.env, trusted, sshProgram: SSH_PROGRAM };
}

function sourcesOf({ configFile, inventoryFiles }: HostSettings): Parameters<typeof readInventory>[0] {
  const inHome = (name: string): string => path.join(os.homedir(), '.ssh', name);
  const usual = (file: string): { file: string; required: boolean } => ({ file, required: false });
  return {
    sshConfigFiles:
      configFile === null
        ? [usual(inHome('config')), usual('/etc/ssh/ssh_config')]
        : [{ file: configFile, required: true }],
    knownHostsFiles: [usual(inHome('known_hosts')), usual('/etc/ssh/ssh_known_hosts')],
    inventoryFiles: inventoryFiles.map((file) => ({ file, required: true })),
  };
}
