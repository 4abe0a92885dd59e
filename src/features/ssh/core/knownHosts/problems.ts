import { lowerCase } from '../../../../machine/ssh/knownHosts/names';
import type { KnownHostEntry, KnownHostLine } from '../../../../machine/ssh/knownHosts/parse';
import type { HostProblem } from './schema';

export interface LineProblems {
  readonly problems: readonly HostProblem[];
  /** The line that it repeats or contradicts. */
  readonly other: KnownHostLine | null;
}

/**
 * What is wrong with each line, in their order. What a hashed name stands for is not known: lines with one are compared
 * with each other only where `sameHost` says that all are about one host.
 */
export function findProblems(lines: readonly KnownHostLine[], sameHost: boolean): readonly LineProblems[] {
  const revoked = new Set(
    lines.flatMap((line) => (line.kind === 'entry' && line.marker === 'revoked' ? [keyText(line)] : [])),
  );
  const seen: Seen = { statements: new Map(), keys: new Map() };
  return lines.map((line) => {
    if (line.kind === 'broken') return { problems: [`broken-${line.reason}`], other: null };
    const repeated = repeatedBy(line, seen.statements);
    const contradicted = repeated === null ? contradictedBy(line, seen.keys, sameHost) : null;
    const problems: HostProblem[] = [
      ...(repeated === null ? [] : ['duplicate' as const]),
      ...(contradicted === null ? [] : ['conflict' as const]),
      ...weaknesses(line),
      ...(line.marker === null && revoked.has(keyText(line)) ? ['revoked' as const] : []),
    ];
    return { problems, other: repeated ?? contradicted };
  });
}

interface Seen {
  readonly statements: Map<string, KnownHostEntry>;
  /** By name and type of key. */
  readonly keys: Map<string, KnownHostEntry>;
}

function weaknesses({ key, marker }: KnownHostEntry): readonly HostProblem[] {
  if (marker === 'revoked') return [];
  if (key.plainType === 'ssh-dss') return ['dsa'];
  if (key.plainType !== 'ssh-rsa') return [];
  return key.bits < 2_048 ? ['rsa-weak'] : key.bits < 3_072 ? ['rsa-short'] : [];
}

function repeatedBy(line: KnownHostEntry, statements: Seen['statements']): KnownHostEntry | null {
  const names = lowerCase(line.hosts).split(',').sort().join(',');
  const statement = `${line.marker ?? ''} ${line.hashed === null ? names : line.hosts} ${keyText(line)}`;
  const before = statements.get(statement) ?? null;
  if (before === null) statements.set(statement, line);
  return before;
}

function contradictedBy(line: KnownHostEntry, keys: Seen['keys'], sameHost: boolean): KnownHostEntry | null {
  if (line.marker !== null) return null;
  let other: KnownHostEntry | null = null;
  for (const name of sameHost ? ['*'] : plainNames(line)) {
    const place = `${name} ${line.key.plainType}`;
    const before = keys.get(place);
    if (before === undefined) keys.set(place, line);
    else if (keyText(before) !== keyText(line)) other ??= before;
  }
  return other;
}

function plainNames({ hosts, hashed }: KnownHostEntry): readonly string[] {
  if (hashed !== null) return [];
  return lowerCase(hosts)
    .split(',')
    .filter((name) => name !== '' && !/[*?!]/.test(name));
}

function keyText({ key }: KnownHostEntry): string {
  return Buffer.from(key.plainBlob).toString('latin1');
}
