/**
 * Everything that decides how a host is reached, as ssh_config(5) has it after all its blocks were applied; what
 * `ssh -G` prints. Paths have their tokens and `~` expanded.
 */
export interface HostOptions {
  /** As it was asked for. */
  readonly alias: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  readonly addressFamily: 'any' | 'inet' | 'inet6';
  readonly bindAddress: string | null;
  readonly connectTimeoutSeconds: number | null;

  /** Hosts to go through, the first is reached from here: '[user@]host[:port]' or a ssh:// address. */
  readonly proxyJump: readonly string[];
  /** For the system's shell; null for none. */
  readonly proxyCommand: string | null;

  readonly identityFiles: readonly string[];
  readonly certificateFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** A socket's path; null for none. SSH_AUTH_SOCK is already put in. */
  readonly identityAgent: string | null;
  /** The agent's socket that is forwarded; null for none. */
  readonly forwardAgent: string | null;
  readonly pubkeyAuthentication: boolean;
  readonly passwordAuthentication: boolean;
  readonly kbdInteractiveAuthentication: boolean;
  readonly gssapiAuthentication: boolean;
  /** In their order. */
  readonly preferredAuthentications: readonly string[];
  readonly numberOfPasswordPrompts: number;
  /** Nobody is asked for anything. */
  readonly batchMode: boolean;

  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new' | 'no';
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly hostKeyAlias: string | null;
  readonly hashKnownHosts: boolean;

  readonly compression: boolean;
  readonly serverAliveIntervalSeconds: number;
  readonly serverAliveCountMax: number;
  readonly rekeyLimit: { readonly bytes: number | null; readonly seconds: number | null };
  /** Names in their order, `+`, `-` and `^` already applied where ssh -G told them; [] where nothing is said. */
  readonly kexAlgorithms: readonly string[];
  readonly ciphers: readonly string[];
  readonly macs: readonly string[];
  readonly hostKeyAlgorithms: readonly string[];
  readonly pubkeyAcceptedAlgorithms: readonly string[];

  /** Names of options that are said and that only ssh itself can follow: 'RevokedHostKeys' … */
  readonly onlySsh: readonly string[];

  readonly setEnv: Readonly<Record<string, string>>;
  /** Names and patterns. */
  readonly sendEnv: readonly string[];

  /** Where this was found out. */
  readonly source: 'ssh -G' | 'files';
  /** What was left out, for a person: 'Match exec was skipped, because the workspace is not trusted'. */
  readonly remarks: readonly string[];
}

/** What an inventory or the user says beyond the configuration. */
export interface HostRequest {
  readonly name: string;
  readonly address?: string;
  readonly port?: number;
  readonly user?: string;
}
