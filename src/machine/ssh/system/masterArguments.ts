import type { HostOptions } from '../options';
import { isSince, type SshVersion } from './program';

/** How the host's options go to ssh. */
export interface MasterArguments {
  readonly options: HostOptions;
  /** As `ssh -F`: a path, 'none', or null for the user's and the system's own files. */
  readonly configFile: string | null;
  readonly controlSocket: string;
  readonly version: SshVersion;
  /** Whether somebody answers questions. */
  readonly canAsk: boolean;
  /** A known_hosts file of ours, that takes the keys that are trusted for this connection only. */
  readonly ownKnownHosts: string | null;
}

/**
 * The arguments of ssh(1) for a master without a session. What the options say stands before what the configuration
 * says, so it wins; a configuration adds what we do not know of (FIDO providers, GSSAPI, PKCS#11 …).
 */
export function masterArguments(args: MasterArguments): readonly string[] {
  const { options, configFile } = args;
  return [
    ...(configFile === null ? [] : ['-F', configFile]),
    '-N',
    '-T',
    '-x',
    ...['-M', '-S', escaped(args.controlSocket)],
    ...['-l', options.user],
    ...settings([...ownSettings(args), ...hostSettings(args)]),
    ...(configFile === 'none' ? settings(everything(options, args.version)) : []),
    '--',
    options.alias,
  ];
}

type Setting = readonly [name: string, value: string | number | boolean];

function settings(list: readonly Setting[]): readonly string[] {
  return list.flatMap(([name, value]) => ['-o', `${name}=${typeof value === 'boolean' ? yesNo(value) : value}`]);
}

/** What makes it a master that serves us and nobody else, and does nothing by itself. */
function ownSettings({ canAsk, version }: MasterArguments): readonly Setting[] {
  return [
    // Since OpenSSH 8.7 a configuration can send ssh into the background, where it would be nobody's child.
    ...(isSince(version, 8, 7) ? [['ForkAfterAuthentication', 'no'] as const] : []),
    ['ControlMaster', 'yes'],
    ['ControlPersist', 'no'],
    ['ClearAllForwardings', 'yes'],
    ['PermitLocalCommand', 'no'],
    ['RemoteCommand', 'none'],
    ['BatchMode', !canAsk],
    ['FingerprintHash', 'sha256'],
    ['VisualHostKey', 'yes'],
    ['LogLevel', 'INFO'],
    ['StreamLocalBindUnlink', 'no'],
  ];
}

function hostSettings({ options, ownKnownHosts }: MasterArguments): readonly Setting[] {
  const { strictHostKeyChecking: strict, forwardAgent } = options;
  const list: Setting[] = [
    ['HostName', escaped(options.hostName)],
    ['Port', options.port],
    // 'no' would let a changed key pass; what it means for a new one is 'accept-new'.
    ['StrictHostKeyChecking', strict === 'no' ? 'accept-new' : strict],
    ['NumberOfPasswordPrompts', options.numberOfPasswordPrompts],
    ['ServerAliveInterval', options.serverAliveIntervalSeconds],
    ['ServerAliveCountMax', options.serverAliveCountMax],
  ];
  if (options.connectTimeoutSeconds !== null) list.push(['ConnectTimeout', options.connectTimeoutSeconds]);
  list.push(['ForwardAgent', forwardAgent === null ? false : quoted(forwardAgent)]);
  if (ownKnownHosts !== null) {
    list.push(['UserKnownHostsFile', [ownKnownHosts, ...options.userKnownHostsFiles].map(quoted).join(' ')]);
  }
  return list;
}

/** Where no configuration is read. */
function everything(options: HostOptions, version: SshVersion): readonly Setting[] {
  const { rekeyLimit } = options;
  const list: Setting[] = [
    ['AddressFamily', options.addressFamily],
    ['IdentitiesOnly', options.identitiesOnly],
    ['PubkeyAuthentication', options.pubkeyAuthentication],
    ['PasswordAuthentication', options.passwordAuthentication],
    ['KbdInteractiveAuthentication', options.kbdInteractiveAuthentication],
    ['GSSAPIAuthentication', options.gssapiAuthentication],
    ['HashKnownHosts', options.hashKnownHosts],
    ['Compression', options.compression],
    ['RekeyLimit', `${rekeyLimit.bytes ?? 'default'} ${rekeyLimit.seconds ?? 'none'}`],
    ['IdentityAgent', options.identityAgent === null ? 'none' : quoted(options.identityAgent)],
    ['UserKnownHostsFile', options.userKnownHostsFiles.map(quoted).join(' ') || 'none'],
    ['GlobalKnownHostsFile', options.globalKnownHostsFiles.map(quoted).join(' ') || 'none'],
    ...options.identityFiles.map((file): Setting => ['IdentityFile', quoted(file)]),
    ...options.certificateFiles.map((file): Setting => ['CertificateFile', quoted(file)]),
  ];
  if (options.bindAddress !== null) list.push(['BindAddress', options.bindAddress]);
  if (options.hostKeyAlias !== null) list.push(['HostKeyAlias', options.hostKeyAlias]);
  if (options.proxyCommand !== null) list.push(['ProxyCommand', options.proxyCommand]);
  if (options.proxyJump.length > 0) list.push(['ProxyJump', options.proxyJump.join(',')]);
  return [...list, ...algorithms(options, version)];
}

function algorithms(options: HostOptions, version: SshVersion): readonly Setting[] {
  const lists = [
    ['PreferredAuthentications', options.preferredAuthentications],
    ['KexAlgorithms', options.kexAlgorithms],
    ['Ciphers', options.ciphers],
    ['MACs', options.macs],
    ['HostKeyAlgorithms', options.hostKeyAlgorithms],
    [isSince(version, 8, 5) ? 'PubkeyAcceptedAlgorithms' : 'PubkeyAcceptedKeyTypes', options.pubkeyAcceptedAlgorithms],
  ] as const;
  return lists.filter(([, names]) => names.length > 0).map(([name, names]) => [name, names.join(',')]);
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** ssh replaces tokens that begin with % in these. */
function escaped(value: string): string {
  return value.replaceAll('%', '%%');
}

/** As a word of ssh_config(5), in which blanks part words. */
function quoted(value: string): string {
  return /[\s"'\\]/.test(value) ? `"${escaped(value).replace(/["\\]/g, '\\$&')}"` : escaped(value);
}
