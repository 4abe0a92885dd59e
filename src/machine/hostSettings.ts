/** What the user's settings say about hosts; handed to where connections are made, and again when it changes. */
export interface HostSettings {
  /** Takes the place of the user's and the system's ssh_config (ssh -F); null for those. */
  readonly configFile: string | null;
  /** Files that name hosts, beside the SSH configuration: Ansible inventories and *.hosts.yaml. */
  readonly inventoryFiles: readonly string[];
  /** The workspace is trusted: configuration may run programs (ProxyCommand, Match exec). */
  readonly trusted: boolean;
  /** How long a connection that nobody uses stays open. */
  readonly idleMinutes: number;
}

export const DEFAULT_HOST_SETTINGS: HostSettings = {
  configFile: null,
  inventoryFiles: [],
  trusted: true,
  idleMinutes: 5,
};
