import * as l10n from '@vscode/l10n';
import * as path from 'node:path';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions } from '../options';
import { isShellWord } from './names';
import { type OptionFacts, OptionReader } from './optionReader';
import type { RawOptions } from './rawOptions';
import { expandTokens, type Tokens } from './tokens';
import { parseChecking, parseFlag, parseRekeyLimit } from './values';

/** Used where nothing is said, in the order of OpenSSH 9. */
const DEFAULT_IDENTITIES = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_dsa'];

/** To pass over one of these would be less safe than ssh is, or would not log in. */
const ONLY_SSH: ReadonlyMap<string, string> = new Map([
  ['revokedhostkeys', 'RevokedHostKeys'],
  ['knownhostscommand', 'KnownHostsCommand'],
  ['hostbasedauthentication', 'HostbasedAuthentication'],
  ['pkcs11provider', 'PKCS11Provider'],
]);

const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/**
 * The options in the shape of the contract: defaults of ssh_config(5), tokens, `~`, `${NAME}`. Throws ExpectedError
 * for names that could become an option or a command.
 */
export function hostOptions(raw: RawOptions, hostName: string, facts: OptionFacts): HostOptions {
  const read = new OptionReader(raw, hostName, facts);
  return {
    ...connectionOptions(read, facts),
    ...identityOptions(read),
    ...authenticationOptions(read),
    ...hostKeyOptions(read),
    ...sessionOptions(read),
    source: facts.source,
    remarks: [...facts.remarks, ...read.remarks],
  };
}

function connectionOptions(read: OptionReader, facts: OptionFacts) {
  const family = read.word('addressfamily');
  return {
    alias: facts.alias,
    hostName: read.hostName,
    port: read.port,
    user: read.user,
    addressFamily: family === 'inet' || family === 'inet6' ? family : 'any',
    bindAddress: read.word('bindaddress'),
    connectTimeoutSeconds: read.seconds('connecttimeout') || null,
    proxyJump: read.jumps,
    proxyCommand: read.jumps.length > 0 ? null : proxyCommand(read),
  } as const;
}

/** The command with its tokens. What is put in is read by a shell: only what stays one plain word is. */
function proxyCommand(read: OptionReader): string | null {
  const command = read.word('proxycommand');
  if (command === null) return null;
  const { h, k, n, p, r, '%': percent } = read.tokens;
  const tokens = { h, k, n, p, r, '%': percent } as Tokens;
  for (const [, letter = ''] of command.matchAll(/%([hknpr%])/gu)) {
    const value = tokens[letter] ?? '';
    if (isShellWord(value)) continue;
    throw new ExpectedError(
      'invalid-config',
      l10n.t(
        'The ProxyCommand of {0} is not run: “{1}” would be put in, and a shell could take that for a command. Change the name.',
        read.facts.alias,
        value,
      ),
    );
  }
  return expandTokens(command, tokens);
}

function identityOptions(read: OptionReader) {
  const { home, env, platform } = read.facts;
  const said = read.values('identityfile');
  const identityAgent = agentOf(read.values('identityagent')[0] ?? 'SSH_AUTH_SOCK', read);
  const forward = read.word('forwardagent') ?? 'no';
  const forwardFlag = parseFlag(forward);
  const windowsAgent = platform === 'win32' && !env['SSH_AUTH_SOCK'] && read.word('identityagent') === null;
  const agent = identityAgent ?? (windowsAgent && read.values('identityagent')[0] !== 'none' ? WINDOWS_AGENT : null);
  return {
    identityFiles: said.length > 0 ? read.paths(said) : DEFAULT_IDENTITIES.map((name) => path.join(home, '.ssh', name)),
    certificateFiles: read.paths(read.values('certificatefile')),
    identitiesOnly: read.flag('identitiesonly', false),
    identityAgent: agent,
    forwardAgent: forwardFlag === null ? agentOf(forward, read) : forwardFlag ? agent : null,
  };
}

/** `none`, `SSH_AUTH_SOCK`, `$NAME` or a path. */
function agentOf(value: string, read: OptionReader): string | null {
  if (value === 'none') return null;
  const variable = value === 'SSH_AUTH_SOCK' ? value : /^\$([A-Za-z_]\w*)$/u.exec(value)?.[1];
  return variable === undefined ? read.path(value) : read.facts.env[variable] || null;
}

function authenticationOptions(read: OptionReader) {
  const publicKey = read.word('pubkeyauthentication') ?? 'yes';
  const interactive = ['kbdinteractiveauthentication', 'challengeresponseauthentication'];
  const preferred = read.names('preferredauthentications');
  return {
    pubkeyAuthentication: parseFlag(publicKey) ?? true,
    passwordAuthentication: read.flag('passwordauthentication', true),
    kbdInteractiveAuthentication: interactive.every((keyword) => read.flag(keyword, true)),
    gssapiAuthentication: read.flag('gssapiauthentication', false),
    preferredAuthentications:
      preferred.length > 0
        ? preferred
        : ['gssapi-with-mic', 'hostbased', 'publickey', 'keyboard-interactive', 'password'],
    numberOfPasswordPrompts: read.integer('numberofpasswordprompts', 3),
    batchMode: read.flag('batchmode', false),
  };
}

function hostKeyOptions(read: OptionReader) {
  const { home, env, platform } = read.facts;
  const folder = platform === 'win32' ? path.join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  const user = read.values('userknownhostsfile');
  const global = read.values('globalknownhostsfile');
  const both = (place: string, name: string) => [path.join(place, name), path.join(place, `${name}2`)];
  return {
    strictHostKeyChecking: parseChecking(read.word('stricthostkeychecking') ?? '') ?? 'ask',
    userKnownHostsFiles: user.length > 0 ? read.paths(user) : both(path.join(home, '.ssh'), 'known_hosts'),
    globalKnownHostsFiles: global.length > 0 ? read.paths(global) : both(folder, 'ssh_known_hosts'),
    hostKeyAlias: read.word('hostkeyalias'),
    hashKnownHosts: read.flag('hashknownhosts', false),
  };
}

function sessionOptions(read: OptionReader) {
  return {
    compression: read.flag('compression', false),
    serverAliveIntervalSeconds: read.seconds('serveraliveinterval') ?? 0,
    serverAliveCountMax: read.integer('serveralivecountmax', 3),
    rekeyLimit: parseRekeyLimit(read.values('rekeylimit')) ?? { bytes: null, seconds: null },
    kexAlgorithms: read.names('kexalgorithms'),
    ciphers: read.names('ciphers'),
    macs: read.names('macs'),
    hostKeyAlgorithms: read.names('hostkeyalgorithms'),
    pubkeyAcceptedAlgorithms: read.names('pubkeyacceptedalgorithms'),
    onlySsh: [...ONLY_SSH].filter(([keyword]) => isSaid(read.word(keyword))).map(([, name]) => name),
    // Of two values of a name the first counts.
    setEnv: Object.fromEntries(read.values('setenv').flatMap(variable).reverse()),
    sendEnv: read.values('sendenv'),
  };
}

function isSaid(value: string | null): boolean {
  return value !== null && parseFlag(value) !== false;
}

/** 'NAME=value'; nothing for what is none. */
function variable(text: string): readonly (readonly [string, string])[] {
  const at = text.indexOf('=');
  return at > 0 ? [[text.slice(0, at), text.slice(at + 1)]] : [];
}
