import * as l10n from '@vscode/l10n';
import { untilAborted } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import type { HostKeyQuestion } from '../../person';
import { fingerprintOf, randomArt } from '../keys/publicKey';
import { WireReader } from '../keys/wire';
import { readKnownHostsFiles, rememberHostKey } from '../knownHosts/file';
import { hasAuthority, judgeHostKey, knownTypes, type HostKeyVerdict, type ShownKey } from '../knownHosts/judge';
import type { HostPeer } from '../knownHosts/names';
import type { KnownHostLine } from '../knownHosts/parse';
import type { HostOptions } from '../options';
import { changedText, revokedText, unknownText } from './hostKeyTexts';
import { hostLabel } from './names';
import type { ConnectParts } from './parts';
import type { RecentReads } from './recent';

/** What is known of a host's keys before it has shown one. */
export interface KnownKeys {
  readonly lines: readonly KnownHostLine[];
  readonly peer: HostPeer;
  /** 'ssh-ed25519' … */
  readonly types: readonly string[];
  /** Certificates of its authority are trusted. */
  readonly authority: boolean;
}

/** What came of a host's key. */
export interface HostKeyOutcome {
  readonly key: ShownKey;
  readonly verdict: HostKeyVerdict;
  /** To be called when the host has proved that it has the key; writes it into known_hosts where that was decided. */
  readonly remember: () => Promise<void>;
}

/** `address`: the one that answered; null where it is not known, or behind a jump host or a ProxyCommand. */
export async function knownKeysOf(
  options: HostOptions,
  address: string | null,
  recent: RecentReads,
  signal: AbortSignal,
): Promise<KnownKeys> {
  const files = [...options.userKnownHostsFiles, ...options.globalKnownHostsFiles];
  // It may be for others as well, so nobody's cancel ends it.
  const unending = new AbortController().signal;
  const lines = recent.get(`known hosts ${files.join('\0')}`, () => readKnownHostsFiles(files, unending));
  return keysAmong(await untilAborted(lines, signal), options, address);
}

/** The same from lines that are read already. */
export function keysAmong(
  lines: readonly KnownHostLine[],
  { hostKeyAlias, hostName, port }: HostOptions,
  address: string | null,
): KnownKeys {
  // A HostKeyAlias stands in the files as it is, whatever the port.
  const peer = hostKeyAlias === null ? { name: hostName, address, port } : { name: hostKeyAlias, address, port: 22 };
  return { lines, peer, types: knownTypes(lines, peer), authority: hasAuthority(lines, peer) };
}

export function shownKey(blob: Uint8Array): ShownKey {
  return { type: new WireReader(blob).text(), blob: Uint8Array.from(blob) };
}

/**
 * Whether a host may be spoken with that shows this key, by StrictHostKeyChecking (ssh_config(5)); stricter in one
 * point: a changed key is refused also with 'no'. Throws ExpectedError: 'host-key-changed', 'host-key-revoked',
 * 'host-key-unknown'.
 */
export async function acceptHostKey(
  options: HostOptions,
  known: KnownKeys,
  key: ShownKey,
  parts: Pick<ConnectParts, 'person' | 'log' | 'recent'>,
  signal: AbortSignal,
): Promise<HostKeyOutcome> {
  const verdict = judgeHostKey(known.lines, known.peer, key);
  const nothing = (): Promise<void> => Promise.resolve();
  switch (verdict.kind) {
    case 'known':
    case 'certified':
      return { key, verdict, remember: nothing };
    case 'revoked':
      throw new ExpectedError('host-key-revoked', revokedText(options, key, verdict));
    case 'changed':
      await showChanged(options, key, verdict, parts, signal);
      throw new ExpectedError('host-key-changed', changedText(options, key, verdict));
    case 'unknown': {
      if (verdict.knownWithoutPort !== null) return { key, verdict, remember: nothing };
      const trusted = await trustUnknown(options, key, verdict, parts, signal);
      return { key, verdict, remember: trusted === 'trust' ? () => write(options, known, key, parts) : nothing };
    }
  }
}

/** The person can only look and cancel. */
async function showChanged(
  options: HostOptions,
  key: ShownKey,
  { keyType, fingerprint, file, line }: HostKeyVerdict & { kind: 'changed' },
  { person }: Pick<ConnectParts, 'person'>,
  signal: AbortSignal,
): Promise<void> {
  if (person === null || options.batchMode) return;
  await person.ask({ ...questionOf(options, key), changed: { keyType, fingerprint, file, line } }, signal);
}

async function trustUnknown(
  options: HostOptions,
  key: ShownKey,
  verdict: HostKeyVerdict & { kind: 'unknown' },
  { person }: Pick<ConnectParts, 'person'>,
  signal: AbortSignal,
): Promise<'trust' | 'once'> {
  const mode = options.strictHostKeyChecking;
  if (mode === 'accept-new' || mode === 'no') return 'trust';
  if (mode === 'ask' && person !== null && !options.batchMode) {
    const answer = await person.ask({ ...questionOf(options, key), remark: remarkOf(verdict) }, signal);
    if (answer !== null) return answer;
  }
  throw new ExpectedError('host-key-unknown', unknownText(options, key));
}

function questionOf(options: HostOptions, key: ShownKey): HostKeyQuestion {
  return {
    kind: 'hostKey',
    host: hostLabel(options),
    keyType: key.type,
    fingerprint: fingerprintOf(key.blob),
    art: randomArt(key.blob),
    changed: null,
    remark: '',
  };
}

function remarkOf({ otherTypes, otherNames }: HostKeyVerdict & { kind: 'unknown' }): string {
  const names = otherNames.map(({ hosts }) => hosts).filter((hosts) => hosts !== '');
  if (names.length > 0) return l10n.t('The same key is known for {0}.', names.slice(0, 5).join(', '));
  const types = [...new Set(otherTypes.map(({ keyType }) => keyType))];
  return types.length === 0
    ? ''
    : l10n.t('Its address or its name on port 22 is known with a key of another type ({0}).', types.join(', '));
}

/** Not being able to write is no reason to break a connection that was trusted. */
async function write(
  options: HostOptions,
  { peer }: KnownKeys,
  key: ShownKey,
  { log, recent }: Pick<ConnectParts, 'log' | 'recent'>,
): Promise<void> {
  const file = options.userKnownHostsFiles[0];
  if (file === undefined || file === '/dev/null') return;
  try {
    await rememberHostKey(file, peer, key, { hash: options.hashKnownHosts });
    recent?.forget();
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    log.warn(error.message);
  }
}
