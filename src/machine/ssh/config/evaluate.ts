import { isIP } from 'node:net';
import { throwIfCancelled } from '../../../lib/errors';
import type { ConfigFile, ConfigLine } from './load';
import { matchLine } from './matchLine';
import { judgeHostName } from './names';
import { matchHostLine } from './patterns';
import { OptionCollector, type RawOptions, wordsOf } from './rawOptions';
import { expandTokens } from './tokens';

/** What the evaluation starts from. */
export interface EvaluationStart {
  readonly originalHost: string;
  /** What the caller decides and no file changes: keywords in lower case. */
  readonly preset: ReadonlyMap<string, string>;
  readonly localUser: string;
  readonly localAddresses: readonly string[];
  /** Runs the command of `Match exec`, tokens not yet put in; null: it must not run. */
  readonly exec: ((command: string, soFar: RawOptions) => Promise<boolean>) | null;
}

export interface Evaluated {
  readonly raw: RawOptions;
  readonly hostName: string;
  readonly remarks: readonly string[];
}

/**
 * Applies the blocks of the files in their order, as OpenSSH's client does: the first value wins; a second pass with
 * the real name of the host follows where `Match final` or CanonicalizeHostname asks for it. Names are not looked up.
 * Throws ExpectedError where ssh would refuse the configuration.
 */
export async function evaluate(
  files: readonly ConfigFile[],
  start: EvaluationStart,
  signal: AbortSignal,
): Promise<Evaluated> {
  const pass = new EvaluationPass(start, signal);
  for (const [keyword, value] of start.preset) pass.options.raw.set(keyword, [value]);
  await pass.run(files);
  const hostName = realName(pass.options.raw, start.originalHost);
  if (pass.wantsFinalPass) {
    pass.options.raw.set('hostname', [hostName.replaceAll('%', '%%')]);
    pass.beginFinal(hostName);
    await pass.run(files);
  }
  return { raw: pass.options.raw, hostName, remarks: [...pass.options.remarks] };
}

class EvaluationPass {
  readonly options = new OptionCollector();
  private askedForFinal = false;
  private finalPass = false;
  /** What the patterns of `Host` are held against. */
  private host: string;

  constructor(
    private readonly start: EvaluationStart,
    private readonly signal: AbortSignal,
  ) {
    this.host = start.originalHost;
  }

  get wantsFinalPass(): boolean {
    const canonicalize = this.options.raw.get('canonicalizehostname')?.[0] ?? 'no';
    return this.askedForFinal || ['yes', 'true', 'always'].includes(canonicalize);
  }

  beginFinal(hostName: string): void {
    this.finalPass = true;
    this.host = hostName;
  }

  async run(files: readonly ConfigFile[]): Promise<void> {
    for (const file of files) await this.file(file);
  }

  /** A file begins active: it is read only where what includes it is. */
  private async file(file: ConfigFile): Promise<void> {
    throwIfCancelled(this.signal);
    let active = true;
    for (const line of file.lines) {
      if (line.keyword === 'host') active = matchHostLine(this.host, wordsOf(line));
      else if (line.keyword === 'match') active = await this.match(line);
      else if (active && line.keyword === 'include') await this.run(line.included);
      else if (active) this.options.take(line);
    }
  }

  private async match(line: ConfigLine): Promise<boolean> {
    const { raw, remarks } = this.options;
    const { localUser, localAddresses, originalHost, exec } = this.start;
    const outcome = await matchLine(line, {
      host: this.finalPass ? this.host : realName(raw, originalHost, false),
      originalHost,
      user: raw.get('user')?.[0] ?? localUser,
      localUser,
      tag: raw.get('tag')?.[0] ?? '',
      finalPass: this.finalPass,
      localAddresses,
      exec: exec && ((command) => exec(command, raw)),
    });
    if (outcome.wantsFinalPass) this.askedForFinal = true;
    if (outcome.remark !== null) remarks.add(outcome.remark);
    return outcome.matches;
  }
}

/** HostName with its tokens, in lower case unless it is an address. Throws ExpectedError for one that cannot be. */
function realName(raw: RawOptions, originalHost: string, lower = true): string {
  const value = raw.get('hostname')?.[0];
  const name = value === undefined ? originalHost : expandTokens(value, { h: originalHost, '%': '%' });
  judgeHostName(name);
  return lower && isIP(name) === 0 ? name.toLowerCase() : name;
}
