import * as l10n from '@vscode/l10n';
import type { HostOptions } from '../options';
import { judgeHostName, judgePort, judgeUserName, parseDestination } from './names';
import type { RawOptions } from './rawOptions';
import { expandEnv, expandTilde, expandTokens, type Tokens, tokensOf } from './tokens';
import { parseFlag, parseInteger, parseSeconds } from './values';

/** What the options are completed with. */
export interface OptionFacts {
  readonly alias: string;
  /** The destination without a user and a port. */
  readonly originalHost: string;
  readonly localUser: string;
  readonly localHost: string;
  readonly uid: number;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** 'win32' has another default agent and other global files. */
  readonly platform: NodeJS.Platform;
  readonly source: HostOptions['source'];
  readonly remarks: readonly string[];
}

/** Reads raw options with the defaults, tokens and names that all of them share. */
export class OptionReader {
  readonly remarks: string[] = [];
  readonly port: number;
  readonly user: string;
  readonly jumps: readonly string[];
  readonly tokens: Tokens;

  constructor(
    private readonly raw: RawOptions,
    readonly hostName: string,
    readonly facts: OptionFacts,
  ) {
    this.port = this.integer('port', 22);
    this.user = this.word('user') ?? facts.localUser;
    judgeHostName(hostName);
    judgeUserName(this.user);
    judgePort(this.port, this.word('port') ?? '');
    this.jumps = jumpsOf(this.word('proxyjump'));
    const { originalHost } = facts;
    const { port, user } = this;
    const proxyJump = this.jumps.join(',');
    this.tokens = tokensOf({
      ...facts,
      hostName,
      originalHost,
      port,
      user,
      proxyJump,
      hostKeyAlias: this.word('hostkeyalias'),
    });
  }

  values(keyword: string): readonly string[] {
    return this.raw.get(keyword) ?? [];
  }

  /** The value; null for none. */
  word(keyword: string): string | null {
    const value = this.values(keyword)[0];
    return value === undefined || value === 'none' ? null : value;
  }

  flag(keyword: string, otherwise: boolean): boolean {
    return parseFlag(this.word(keyword) ?? '') ?? otherwise;
  }

  integer(keyword: string, otherwise: number): number {
    return parseInteger(this.word(keyword) ?? '', 0, 2_147_483_647) ?? otherwise;
  }

  seconds(keyword: string): number | null {
    return parseSeconds(this.word(keyword) ?? '');
  }

  names(keyword: string): readonly string[] {
    return (this.word(keyword) ?? '').split(',').filter((name) => name !== '');
  }

  /** A path with everything put in; null, and a remark, when the environment lacks what it names. */
  path(text: string): string | null {
    const expanded = expandEnv(expandTilde(text, this.facts.home), this.facts.env);
    if (expanded !== null) return expandTokens(expanded, this.tokens);
    this.remarks.push(l10n.t('“{0}” was left out: the environment has no such variable.', text));
    return null;
  }

  paths(texts: readonly string[]): readonly string[] {
    return texts
      .filter((text) => text !== 'none')
      .map((text) => this.path(text))
      .filter((found) => found !== null);
  }
}

/** Throws ExpectedError where a hop has a name that cannot be. */
function jumpsOf(value: string | null): readonly string[] {
  const hops = (value ?? '').split(',').map((hop) => hop.trim());
  const used = hops.filter((hop) => hop !== '');
  for (const hop of used) parseDestination(hop, true);
  return used;
}
