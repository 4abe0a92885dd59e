import { isCancelled, messageOf } from '../../../lib/errors';
import { type ConfigFile, type ConfigLine, loadConfig, type LoadSettings } from './load';
import { whyNoHostName } from './names';
import { isConcrete } from './patterns';
import { splitWords } from './words';

/** A host that a configuration names. */
export interface HostAlias {
  readonly name: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface AliasList {
  readonly aliases: readonly HostAlias[];
  readonly problems: readonly { readonly file: string; readonly line: number | null; readonly message: string }[];
  /** The files that there are, of those that were asked for. */
  readonly found: ReadonlySet<string>;
}

/**
 * The names that the `Host` lines of ssh_config(5) files spell out, each where it stands first, Include followed. Names
 * that only a pattern matches are not listed, nor those that cannot be the name of a host.
 */
export async function listAliases(
  files: readonly string[],
  settings: LoadSettings,
  signal: AbortSignal,
): Promise<AliasList> {
  const aliases = new Map<string, HostAlias>();
  const problems: { file: string; line: number | null; message: string }[] = [];
  const found = new Set<string>();
  for (const file of files) {
    try {
      const loaded = await loadConfig(file, settings, signal);
      if (loaded) found.add(file);
      for (const line of loaded ? hostLines(loaded) : []) collect(line, aliases);
    } catch (error) {
      if (isCancelled(error)) throw error;
      found.add(file);
      problems.push({ file, line: null, message: messageOf(error) });
    }
  }
  return { aliases: [...aliases.values()], problems, found };
}

function collect({ file, line, rest }: ConfigLine, aliases: Map<string, HostAlias>): void {
  for (const name of splitWords(rest) ?? []) {
    if (isConcrete(name) && whyNoHostName(name) === null && !aliases.has(name)) aliases.set(name, { name, file, line });
  }
}

function* hostLines(file: ConfigFile): Generator<ConfigLine> {
  for (const line of file.lines) {
    if (line.keyword === 'host') yield line;
    for (const included of line.included) yield* hostLines(included);
  }
}
