import * as vscode from 'vscode';
import { entryOf, readSaved, type SavedTunnel, type SavedTunnels } from '../../core/tunnel/saved';

export const tunnelsSetting = 'opsdeck.ssh.tunnels';

/**
 * The tunnels that are kept, in the user's settings: they can be read, copied to a colleague and are synchronised with
 * the other settings. Entries that are not understood stay where they are.
 */
export class TunnelStore {
  read(): SavedTunnels {
    return readSaved(this.entries());
  }

  find(name: string): SavedTunnel | undefined {
    return this.read().tunnels.find((tunnel) => tunnel.name === name);
  }

  async add(tunnel: SavedTunnel, at = this.entries().length): Promise<void> {
    await this.write(this.entries().toSpliced(at, 0, entryOf(tunnel)));
  }

  async replace(name: string, tunnel: SavedTunnel): Promise<void> {
    await this.write(this.entries().with(this.indexOf(name), entryOf(tunnel)));
  }

  /** Where it stood. */
  async remove(name: string): Promise<number> {
    const index = this.indexOf(name);
    await this.write(this.entries().toSpliced(index, 1));
    return index;
  }

  private indexOf(name: string): number {
    return this.entries().findIndex((entry) => readSaved([entry]).tunnels[0]?.name === name);
  }

  private entries(): readonly unknown[] {
    const value = vscode.workspace.getConfiguration().get<unknown>(tunnelsSetting);
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  }

  private async write(entries: readonly unknown[]): Promise<void> {
    const value = entries.length === 0 ? undefined : entries;
    await vscode.workspace.getConfiguration().update(tunnelsSetting, value, vscode.ConfigurationTarget.Global);
  }
}
