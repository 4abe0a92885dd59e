import * as l10n from '@vscode/l10n';
import { isCancelled, messageOf } from '../../../../lib/errors';
import { fingerprintOf } from '../../keys/publicKey';
import type { HostOptions } from '../../options';
import { oneLine, shortPath } from '../names';
import type { RecentReads } from '../recent';
import { agentKeys, type AgentKey } from './agent';
import { sshOnlyKeys, type SshOnlyKey } from './agentList';
import { isUsable, readIdentityFile, type IdentityFile, type UnusableFile } from './keyFile';

/** A key that may be offered to the server. */
export type Candidate =
  | { readonly kind: 'agent'; readonly label: string; readonly blob: Buffer; readonly key: AgentKey }
  /** `blob` is null where only the passphrase makes it known. */
  | { readonly kind: 'file'; readonly label: string; readonly blob: Buffer | null; readonly file: IdentityFile };

export interface Candidates {
  readonly keys: readonly Candidate[];
  /** What was passed over, and why. */
  readonly skipped: readonly { readonly label: string; readonly reason: string }[];
  /** null: there is none, or it did not answer. */
  readonly agentKeyCount: number | null;
  /** What only ssh itself can use of files and agent, each as a clause for a person. */
  readonly sshOnly: readonly string[];
}

/** sshd's default for MaxAuthTries: every key that it refuses counts. */
const USUAL_TRIES = 6;

/**
 * In the order of ssh: keys of the agent that the configuration names, its other keys (not with IdentitiesOnly), then
 * files. An agent with many keys comes after the files, or it would use up the tries before the configured ones.
 */
export async function findCandidates(
  options: HostOptions,
  recent: RecentReads,
  signal: AbortSignal,
): Promise<Candidates> {
  const [agent, read] = await Promise.all([
    readAgent(options.identityAgent, signal),
    Promise.all(options.identityFiles.map((file) => recent.get(`key ${file}`, () => readIdentityFile(file)))),
  ]);
  const files = read.filter((file) => file !== null);
  const named = new Set(files.flatMap(({ blob }) => (blob === null ? [] : [fingerprintOf(blob)])));
  const isNamed = (key: AgentKey): boolean => named.has(fingerprintOf(key.blob));
  const first = agent.keys.filter(isNamed);
  const others = options.identitiesOnly ? [] : agent.keys.filter((key) => !isNamed(key));
  const held = new Set(first.map((key) => fingerprintOf(key.blob)));
  const onlyFiles = files.filter(isUsable).filter(({ blob }) => blob === null || !held.has(fingerprintOf(blob)));
  const fromFiles = onlyFiles.map(fileCandidate);
  const fromAgent = others.map(agentCandidate);
  const many = first.length + others.length + onlyFiles.length >= USUAL_TRIES;
  return {
    keys: [...first.map(agentCandidate), ...(many ? [...fromFiles, ...fromAgent] : [...fromAgent, ...fromFiles])],
    skipped: [...agent.skipped, ...files.flatMap((file) => (isUsable(file) ? [] : unusable(file, held)))],
    agentKeyCount: agent.found ? agent.keys.length + agent.sshOnly.length : null,
    sshOnly: [
      ...(options.identitiesOnly ? [] : agent.sshOnly),
      ...files.flatMap((file) => (isUsable(file) || !file.onToken ? [] : [onTokenText(shortPath(file.path))])),
    ],
  };
}

function agentCandidate(key: AgentKey): Candidate {
  const name = oneLine(key.comment, 80);
  return {
    kind: 'agent',
    label: l10n.t('agent: {0}', name === '' ? fingerprintOf(key.blob) : name),
    blob: key.blob,
    key,
  };
}

function fileCandidate(file: IdentityFile): Candidate {
  return { kind: 'file', label: shortPath(file.path), blob: file.blob, file };
}

/** Nothing is to be told of a file whose key the agent holds. */
function unusable(
  { path, reason, blob }: UnusableFile,
  held: ReadonlySet<string>,
): readonly { readonly label: string; readonly reason: string }[] {
  if (blob !== null && held.has(fingerprintOf(blob))) return [];
  return [{ label: shortPath(path), reason }];
}

interface Agent extends Pick<Candidates, 'skipped' | 'sshOnly'> {
  readonly keys: readonly AgentKey[];
  readonly found: boolean;
}

async function readAgent(socket: string | null, signal: AbortSignal): Promise<Agent> {
  if (socket === null) return { keys: [], found: false, skipped: [], sshOnly: [] };
  try {
    const [keys, others] = await Promise.all([agentKeys(socket, signal), othersOf(socket, signal)]);
    const skipped = others.map((key) => ({ label: l10n.t('agent: {0}', key.comment), reason: sshOnlyText(key) }));
    return { keys, found: true, skipped, sshOnly: others.map(sshOnlyClause) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const reason = l10n.t('the agent does not answer: {0}', messageOf(error));
    return { keys: [], found: false, skipped: [{ label: shortPath(socket), reason }], sshOnly: [] };
  }
}

/** An agent that speaks otherwise than by a socket (Pageant) has none that we could see. */
async function othersOf(socket: string, signal: AbortSignal): Promise<readonly SshOnlyKey[]> {
  try {
    return await sshOnlyKeys(socket, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return [];
  }
}

function sshOnlyText({ kind }: SshOnlyKey): string {
  return kind === 'certificate'
    ? l10n.t('it is a certificate, which only the ssh of this computer can use')
    : l10n.t('its private part is on a security key (FIDO)');
}

function sshOnlyClause({ kind, comment }: SshOnlyKey): string {
  return kind === 'certificate'
    ? l10n.t('the agent has the certificate {0}', comment)
    : onTokenText(l10n.t('agent: {0}', comment));
}

export function onTokenText(name: string): string {
  return l10n.t('the key {0} is on a security key (FIDO)', name);
}
