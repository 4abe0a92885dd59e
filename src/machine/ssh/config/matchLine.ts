import * as l10n from '@vscode/l10n';
import { BlockList, isIP } from 'node:net';
import type { ConfigLine } from './load';
import { matchHostList, matchPatternList } from './patterns';
import { refused, wordsOf } from './rawOptions';

/** What the criteria of `Match` are held against. */
export interface MatchFacts {
  /** HostName as far as it is known, or the name that was asked for. */
  readonly host: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly tag: string;
  readonly finalPass: boolean;
  /** Addresses of this machine's interfaces. */
  readonly localAddresses: readonly string[];
  /** Runs the command of `Match exec`: whether it exited with 0. null: it must not run. */
  readonly exec: ((command: string) => Promise<boolean>) | null;
}

export interface MatchOutcome {
  readonly matches: boolean;
  /** The line asks for a second pass, with HostName as the host. */
  readonly wantsFinalPass: boolean;
  /** What was not evaluated, for a person; null when all was. */
  readonly remark: string | null;
}

interface Criterion {
  readonly name: string;
  readonly negated: boolean;
  /** '' where it takes none. */
  readonly argument: string;
}

const WITHOUT_ARGUMENT: ReadonlySet<string> = new Set(['all', 'canonical', 'final']);

/** Evaluates a line `Match …` as ssh_config(5) has it. Throws ExpectedError where ssh would refuse it. */
export async function matchLine(line: ConfigLine, facts: MatchFacts): Promise<MatchOutcome> {
  const list = criteriaOf(line);
  let matches = true;
  let remark: string | null = null;
  for (const { name, negated, argument } of list) {
    // A command runs only when everything before it holds.
    if (!matches && name === 'exec') continue;
    const holds = await criterionHolds(name, argument, facts);
    if (holds === null) remark = remarkOf(name, line);
    if (holds === null || holds === negated) matches = false;
  }
  return { matches, wantsFinalPass: list.some(({ name }) => name === 'final'), remark };
}

/** null: it cannot be told here. */
async function criterionHolds(name: string, argument: string, facts: MatchFacts): Promise<boolean | null> {
  switch (name) {
    case 'all':
      return true;
    case 'canonical':
    case 'final':
      return facts.finalPass;
    case 'host':
      return matchHostList(facts.host, argument);
    case 'originalhost':
      return matchHostList(facts.originalHost, argument);
    case 'user':
      return matchPatternList(facts.user, argument);
    case 'localuser':
      return matchPatternList(facts.localUser, argument);
    case 'tagged':
      return matchPatternList(facts.tag, argument);
    case 'localnetwork':
      return isInNetworks(facts.localAddresses, argument);
    case 'exec':
      return facts.exec ? facts.exec(argument) : null;
    default:
      return null;
  }
}

function criteriaOf(line: ConfigLine): readonly Criterion[] {
  const words = wordsOf(line);
  const list: Criterion[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const negated = word.startsWith('!');
    const [, attribute = '', joined] = /^!?([^=]*)(?:=([^]*))?$/u.exec(word) ?? [];
    const name = attribute.toLowerCase();
    if (WITHOUT_ARGUMENT.has(name)) {
      list.push({ name, negated, argument: '' });
      continue;
    }
    const argument = joined ?? words[(at += 1)];
    if (argument === undefined) throw refused(line, l10n.t('{0} has no value', name));
    list.push({ name, negated, argument });
  }
  if (list.length === 0) throw refused(line, l10n.t('{0} has no value', line.keyword));
  const all = list.findIndex(({ name }) => name === 'all');
  if (all > 1 || (all >= 0 && all < list.length - 1)) {
    throw refused(line, l10n.t('“all” cannot stand beside other criteria'));
  }
  return list;
}

function remarkOf(name: string, line: ConfigLine): string {
  if (name === 'exec') {
    return l10n.t(
      'Match exec in {0}, line {1}, was skipped: commands of the configuration run in trusted workspaces only.',
      line.file,
      line.line,
    );
  }
  return l10n.t(
    'Match {0} in {1}, line {2}, was skipped: only ssh itself can evaluate it.',
    name,
    line.file,
    line.line,
  );
}

/** Whether one of the addresses is in one of the comma-separated networks (`10.0.0.0/8,fe80::/10`). */
function isInNetworks(addresses: readonly string[], networks: string): boolean {
  const list = new BlockList();
  for (const network of networks.split(',')) {
    const [address = '', length] = network.split('/');
    const family = isIP(address);
    const bits = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) continue;
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return addresses.some((address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
}
