/** Where the configuration of SSH is found, and what may be done to evaluate it. */
export interface ConfigSettings {
  /** As `ssh -F`, an absolute path; null: the user's and the system's. */
  readonly configFile: string | null;
  /** The user's home folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether commands of the configuration (`Match exec`) may run: `ssh -G` runs them. */
  readonly trusted: boolean;
  /** A path, or a name to be found in PATH; null: there is no OpenSSH client, or it is not to be used. */
  readonly sshProgram: string | null;
}
