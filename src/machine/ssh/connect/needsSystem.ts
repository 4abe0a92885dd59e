import * as fs from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { readKey } from '../keys/keyText';
import type { HostOptions } from '../options';
import { emptyKinds, offerFor, type AlgorithmKind } from './algorithms';
import { onTokenText } from './auth/candidates';
import { shortPath } from './names';
import type { RecentReads } from './recent';

/** What has to be looked up to know whether ssh2 can do it. */
export interface SystemFacts {
  /** Identity files whose private part is on a security key (types sk-…). */
  readonly securityKeys: readonly string[];
  /** How many identity files there are that are no such keys. */
  readonly plainKeys: number;
  readonly certificates: readonly string[];
  /** known_hosts trusts an authority for the host, and has no key of the host itself. */
  readonly onlyAuthority: boolean;
}

/** Why ssh2 cannot connect there, as a clause for a person; null where it can. */
export function needsSystem(options: HostOptions, facts: SystemFacts): string | null {
  const empty = emptyKinds(offerFor(options, []))[0];
  if (empty !== undefined) {
    const named = namedBy(options, empty);
    return l10n.t('{0} allows only {1}, which the built-in SSH does not know', OPTION_OF[empty], named.join(', '));
  }
  const [onlySsh] = options.onlySsh;
  if (onlySsh !== undefined) return l10n.t('the configuration says {0}', onlySsh);
  if (onlyGssapi(options)) return l10n.t('the configuration allows only GSSAPI (Kerberos) to log in');
  const [certificate] = facts.certificates;
  if (certificate !== undefined) return l10n.t('{0} is a certificate of a user', shortPath(certificate));
  const [securityKey] = facts.securityKeys;
  if (securityKey !== undefined && facts.plainKeys === 0) {
    return onTokenText(shortPath(securityKey));
  }
  return facts.onlyAuthority ? l10n.t('the host is known by a certificate authority (@cert-authority)') : null;
}

/** Reads the public parts of the identity files. */
export async function systemFacts(
  options: HostOptions,
  onlyAuthority: boolean,
  recent: RecentReads,
): Promise<SystemFacts> {
  const files = await Promise.all(options.identityFiles.map((file) => recent.get(`look ${file}`, () => lookAt(file))));
  const named = await Promise.all(options.certificateFiles.map(async (file) => ((await exists(file)) ? [file] : [])));
  return {
    securityKeys: files.filter(({ kind }) => kind === 'security-key').map(({ file }) => file),
    plainKeys: files.filter(({ kind }) => kind === 'plain').length,
    certificates: [...named.flat(), ...files.flatMap(({ certificate }) => certificate ?? [])],
    onlyAuthority,
  };
}

interface Look {
  readonly file: string;
  readonly kind: 'missing' | 'plain' | 'security-key';
  readonly certificate: string | null;
}

/** ssh takes FILE-cert.pub for the certificate of FILE without being told (ssh_config(5), CertificateFile). */
async function lookAt(file: string): Promise<Look> {
  const beside = `${file}-cert.pub`;
  const certificate = (await exists(beside)) ? beside : null;
  const publicPart = await firstLine(`${file}.pub`);
  const type = publicPart === null ? null : (readKey(publicPart)?.key.plainType ?? null);
  if (type?.startsWith('sk-') === true) return { file, kind: 'security-key', certificate };
  return { file, kind: type !== null || (await exists(file)) ? 'plain' : 'missing', certificate };
}

async function firstLine(file: string): Promise<string | null> {
  try {
    return (await fs.readFile(file, 'utf8')).split('\n')[0] ?? '';
  } catch {
    return null; // There need be none.
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await fs.access(file);
    return true;
  } catch {
    return false;
  }
}

const OPTION_OF: Readonly<Record<AlgorithmKind, string>> = {
  kex: 'KexAlgorithms',
  hostKey: 'HostKeyAlgorithms',
  cipher: 'Ciphers',
  mac: 'MACs',
};

function namedBy(options: HostOptions, kind: AlgorithmKind): readonly string[] {
  switch (kind) {
    case 'kex':
      return options.kexAlgorithms;
    case 'hostKey':
      return options.hostKeyAlgorithms;
    case 'cipher':
      return options.ciphers;
    case 'mac':
      return options.macs;
  }
}

function onlyGssapi(options: HostOptions): boolean {
  if (!options.gssapiAuthentication) return false;
  const order = options.preferredAuthentications;
  const allowed = (name: string, on: boolean): boolean => on && (order.length === 0 || order.includes(name));
  return !(
    allowed('publickey', options.pubkeyAuthentication) ||
    allowed('password', options.passwordAuthentication) ||
    allowed('keyboard-interactive', options.kbdInteractiveAuthentication)
  );
}
