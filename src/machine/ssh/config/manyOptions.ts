import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { untilAborted } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions, HostRequest } from '../options';
import { evaluate } from './evaluate';
import { hostOptions } from './hostOptions';
import { canonicalKeyword } from './keywords';
import type { ConfigFile, ConfigLine } from './load';
import { parseDestination } from './names';
import type { OptionFacts } from './optionReader';
import type { RawOptions } from './rawOptions';
import { destinationOf, factsOf, loadConfigs, presetOf, resolveOptions } from './resolve';
import type { ConfigSettings } from './settings';
import { findProgram, traceSsh } from './sshProgram';

/** Files change at the speed of people; who asks for many hosts asks for them at once. */
const FRESH_MS = 2_000;

/** Of the host itself, in what ssh prints without any configuration. */
const OF_THE_HOST: readonly string[] = ['host', 'hostname', 'user', 'port'];

/** What it holds for one host; null where ssh has to be asked. */
type Evaluate = (request: HostRequest, signal: AbortSignal) => Promise<HostOptions | null>;

interface Recent {
  readonly atMs: number;
  readonly settings: ConfigSettings;
  trial: Promise<Evaluate | null> | undefined;
}

/**
 * The options of hosts, as resolveOptions tells them, also of many at a time: a process for each of hundreds of hosts
 * is more work than connecting to them. So when a second host is asked for soon after the first, ssh is asked how it
 * came to its answer: where it has read the files that we read, which have nothing in them that only ssh can know, and
 * where it says of the host what we find there, hosts that follow within two seconds are told from the files.
 */
export class ManyOptions {
  private recent: Recent | undefined;

  /** `nowMs`: of a clock that only goes forward. */
  constructor(private readonly nowMs: () => number) {}

  /** Throws as resolveOptions does. */
  async resolve(request: HostRequest, settings: ConfigSettings, signal: AbortSignal): Promise<HostOptions> {
    const recent = this.recentOf(settings);
    if (recent === undefined) return resolveOptions(request, settings, signal);
    recent.trial ??= tryOut(request, settings);
    const evaluated = await (await untilAborted(recent.trial, signal))?.(request, signal);
    return evaluated ?? resolveOptions(request, settings, signal);
  }

  /** undefined for the first. */
  private recentOf(settings: ConfigSettings): Recent | undefined {
    const atMs = this.nowMs();
    const { recent } = this;
    if (recent !== undefined && atMs - recent.atMs < FRESH_MS && isDeepStrictEqual(recent.settings, settings)) {
      return recent;
    }
    this.recent = { atMs, settings, trial: undefined };
    return undefined;
  }
}

/** null where ssh is to be asked for each host. It is for all who wait for it, so nobody's cancel ends it. */
async function tryOut(request: HostRequest, settings: ConfigSettings): Promise<Evaluate | null> {
  const unending = new AbortController().signal;
  try {
    if (settings.sshProgram === null || !settings.trusted) return null;
    const program = await findProgram(settings.sshProgram, settings.env);
    if (program === null) return null;
    const destination = destinationOf(request);
    const [files, asked, plain] = await Promise.all([
      loadConfigs(settings, unending),
      traceSsh(program, destination, settings, unending),
      traceSsh(program, { name: destination.name }, { ...settings, configFile: 'none' }, unending),
    ]);
    const all = files.flatMap(withIncluded);
    if (
      asked === null ||
      plain === null ||
      !isSameSet(
        asked.files,
        all.map((file) => path.normalize(file.path)),
      )
    )
      return null;
    if (!all.every(({ lines }) => lines.every(isPlain))) return null;
    const way = evaluator(files, defaultsOf(plain.raw), settings);
    const facts = factsOf(request.name, destination.name, settings);
    const theirs = hostOptions(asked.raw, asked.raw.get('hostname')?.[0] ?? '', facts);
    return isDeepStrictEqual(await way(request, unending), theirs) ? way : null;
  } catch (error) {
    // ssh tells it better, to each who asks.
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function evaluator(files: readonly ConfigFile[], defaults: RawOptions, settings: ConfigSettings): Evaluate {
  const facts = factsOf('', '', settings);
  const { localUser } = facts;
  return async (request, signal) => {
    const destination = destinationOf(request);
    const originalHost = destination.name;
    const start = { originalHost, preset: presetOf(destination), localUser, localAddresses: [], exec: null };
    try {
      const { raw, hostName, remarks } = await evaluate(files, start, signal);
      if (remarks.length > 0) return null;
      const own: OptionFacts = { ...facts, alias: request.name, originalHost };
      const options = hostOptions(new Map([...defaults, ...raw]), hostName, own);
      return jumpsToItself(options, originalHost) ? null : options;
    } catch (error) {
      if (error instanceof ExpectedError) return null;
      throw error;
    }
  };
}

/** ssh refuses it. */
function jumpsToItself({ proxyJump }: HostOptions, host: string): boolean {
  return proxyJump.some((hop) => parseDestination(hop, true).name.toLowerCase() === host.toLowerCase());
}

function defaultsOf(raw: RawOptions): RawOptions {
  return new Map([...raw].filter(([keyword]) => !OF_THE_HOST.includes(keyword)));
}

function withIncluded(file: ConfigFile): readonly ConfigFile[] {
  return [file, ...file.lines.flatMap(({ included }) => included.flatMap(withIncluded))];
}

function isSameSet(one: ReadonlySet<string>, others: readonly string[]): boolean {
  return one.size === new Set(others).size && others.every((other) => one.has(other));
}

/** What stands in lists of algorithms that change those of ssh. */
const LIST_CHANGE = /^[+^-]/u;
const ONLY_SSH: ReadonlySet<string> = new Set(['canonicalizehostname', 'ignoreunknown']);
const PLAIN_CRITERIA: ReadonlySet<string> = new Set(['host', 'originalhost', 'user', 'localuser']);

/** Nothing in the line needs ssh itself: no program, no name server, no list that it has built in. */
function isPlain({ keyword, words }: ConfigLine): boolean {
  if (words === null || ONLY_SSH.has(keyword)) return false;
  if (keyword === 'match') return hasPlainCriteria(words);
  return !(/algorithms$|^(?:ciphers|macs)$/u.test(canonicalKeyword(keyword)) && LIST_CHANGE.test(words[0] ?? ''));
}

function hasPlainCriteria(words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at += 1) {
    const name = (words[at] ?? '').replace(/^!/u, '').toLowerCase();
    if (name === 'all') continue;
    if (!PLAIN_CRITERIA.has(name)) return false;
    at += 1;
  }
  return true;
}
