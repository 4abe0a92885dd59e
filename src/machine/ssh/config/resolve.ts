import * as l10n from '@vscode/l10n';
import * as os from 'node:os';
import * as path from 'node:path';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions, HostRequest } from '../options';
import { configError } from './configError';
import { evaluate } from './evaluate';
import { hostOptions } from './hostOptions';
import type { OptionFacts } from './optionReader';
import { type ConfigFile, loadConfig } from './load';
import { isShellWord, judgeHostName, judgePort, judgeUserName, parseDestination } from './names';
import type { RawOptions } from './rawOptions';
import type { ConfigSettings } from './settings';
import { askSsh, findProgram, runMatchExec } from './sshProgram';
import { expandTokens, tokensOf } from './tokens';

/**
 * Everything that decides how the host is reached: asked of `ssh -G` where there is an OpenSSH client and the
 * configuration may run commands (`ssh -G` runs those of `Match exec`), else evaluated here from the files. What the
 * request says wins over the files; its name may be 'user@host' or a ssh:// address.
 *
 * Throws ExpectedError: 'invalid-input' for names that could become an option or a command on their way to ssh,
 * 'invalid-config' for a configuration that ssh refuses, 'timed-out'; CancelledError.
 */
export async function resolveOptions(
  request: HostRequest,
  settings: ConfigSettings,
  signal: AbortSignal,
): Promise<HostOptions> {
  const destination = destinationOf(request);
  const facts = factsOf(request.name, destination.name, settings);
  const remarks: string[] = [];
  const program =
    settings.sshProgram !== null && settings.trusted ? await findProgram(settings.sshProgram, settings.env) : null;
  if (program !== null) {
    const raw = await askSsh(program, destination, settings, signal);
    if (raw !== 'unusable') return hostOptions(raw, raw.get('hostname')?.[0] ?? '', { ...facts, source: 'ssh -G' });
    remarks.push(l10n.t('{0} cannot show its configuration; the files were evaluated instead.', program));
  }
  return fromFiles(destination, settings, { ...facts, remarks }, signal);
}

/** What is asked of ssh. Throws ExpectedError('invalid-input'). */
export function destinationOf(request: HostRequest): HostRequest {
  const destination = { ...parseDestination(request.name), ...withoutName(request) };
  judge(destination);
  return destination;
}

function withoutName({ address, port, user }: HostRequest): Omit<HostRequest, 'name'> {
  return {
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
  };
}

function judge({ address, port, user }: HostRequest): void {
  if (address !== undefined) judgeHostName(address);
  if (user !== undefined) judgeUserName(user);
  if (port !== undefined) judgePort(port, String(port));
}

export function factsOf(alias: string, originalHost: string, settings: ConfigSettings): OptionFacts {
  const { username, uid } = userInfo(settings.env);
  const { home, env } = settings;
  const { platform } = process;
  const source = 'files';
  return {
    alias,
    originalHost,
    localUser: username,
    localHost: os.hostname(),
    uid,
    home,
    env,
    platform,
    source,
    remarks: [],
  };
}

/** A user without an entry in the user database (in a container) has but the environment. */
function userInfo(env: ConfigSettings['env']): { readonly username: string; readonly uid: number } {
  try {
    return os.userInfo();
  } catch {
    return { username: env['USER'] ?? env['USERNAME'] ?? '', uid: process.getuid?.() ?? -1 };
  }
}

async function fromFiles(
  destination: HostRequest,
  settings: ConfigSettings,
  facts: OptionFacts,
  signal: AbortSignal,
): Promise<HostOptions> {
  const files = await loadConfigs(settings, signal);
  const preset = presetOf(destination);
  const exec = settings.trusted
    ? (command: string, soFar: RawOptions) => runMatchExec(execCommand(command, soFar, facts), settings, signal)
    : null;
  const localAddresses = Object.values(os.networkInterfaces()).flatMap((list) => list?.map((one) => one.address) ?? []);
  const { originalHost, localUser } = facts;
  const found = await evaluate(files, { originalHost, preset, localUser, localAddresses, exec }, signal);
  const remarks = [...facts.remarks, ...found.remarks];
  if (['yes', 'true', 'always'].includes(found.raw.get('canonicalizehostname')?.[0] ?? '')) {
    remarks.push(l10n.t('CanonicalizeHostname was passed over: only ssh itself looks names up for it.'));
  }
  return hostOptions(found.raw, found.hostName, { ...facts, remarks });
}

/** What the request decides and no file changes. */
export function presetOf({ address, port, user }: HostRequest): ReadonlyMap<string, string> {
  const preset = new Map<string, string>();
  if (address !== undefined) preset.set('hostname', address.replaceAll('%', '%%'));
  if (port !== undefined) preset.set('port', String(port));
  if (user !== undefined) preset.set('user', user);
  return preset;
}

/**
 * The files that ssh would read, with what they include. Throws ExpectedError, also when the file that was named is
 * missing.
 */
export async function loadConfigs(
  settings: Pick<ConfigSettings, 'configFile' | 'home' | 'env'>,
  signal: AbortSignal,
): Promise<readonly ConfigFile[]> {
  const { configFile, home, env } = settings;
  const userFolder = path.join(home, '.ssh');
  if (configFile !== null) {
    const file = await loadConfig(configFile, { home, env, includeFolder: userFolder }, signal);
    if (file === null) throw configError(configFile, 0, l10n.t('there is no such file'));
    return [file];
  }
  const systemFolder =
    process.platform === 'win32' ? path.join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  const files = [
    await loadConfig(path.join(userFolder, 'config'), { home, env, includeFolder: userFolder }, signal),
    await loadConfig(path.join(systemFolder, 'ssh_config'), { home, env, includeFolder: systemFolder }, signal),
  ];
  return files.filter((file) => file !== null);
}

/** With its tokens, as far as they are known by then. A shell reads it: what is put in must be plain words. */
function execCommand(command: string, soFar: RawOptions, facts: OptionFacts): string {
  const value = (keyword: string): string | null => soFar.get(keyword)?.[0] ?? null;
  const { originalHost } = facts;
  const tokens = tokensOf({
    ...facts,
    hostName: expandTokens(value('hostname') ?? originalHost, { h: originalHost, '%': '%' }),
    port: Number(value('port') ?? 22),
    user: value('user') ?? facts.localUser,
    hostKeyAlias: value('hostkeyalias'),
    proxyJump: value('proxyjump') ?? '',
  });
  for (const [, letter = ''] of command.matchAll(/%([hkrnu])/gu)) {
    if (isShellWord(tokens[letter] ?? '')) continue;
    throw new ExpectedError(
      'invalid-config',
      l10n.t('A command of Match exec is not run for {0}: a name in it could be taken for a command.', facts.alias),
    );
  }
  return expandTokens(command, tokens);
}
