import * as l10n from '@vscode/l10n';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { messageOf, throwIfCancelled } from '../../../lib/errors';
import { expandGlob } from './glob';
import { configError } from './configError';
import { expandEnv, expandTilde } from './tokens';
import { splitKeyword, splitWords } from './words';

/** A file of ssh_config(5), with what it includes in its place. */
export interface ConfigFile {
  readonly path: string;
  /** Comments and empty lines are left out. */
  readonly lines: readonly ConfigLine[];
}

export interface ConfigLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In lower case. */
  readonly keyword: string;
  /** What follows the keyword, unparsed. */
  readonly rest: string;
  /** Its words; null where a quote has no end. */
  readonly words: readonly string[] | null;
  /** Of an `Include`: the files that there are. */
  readonly included: readonly ConfigFile[];
}

export interface LoadSettings {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where an `Include` without a folder is looked for: ~/.ssh, or /etc/ssh for the system's file. */
  readonly includeFolder: string;
}

/** As READCONF_MAX_DEPTH of OpenSSH. */
const MAX_DEPTH = 16;
const MAX_FILES = 4_000;
const MAX_BYTES = 1_048_576;
const MAX_TOTAL_BYTES = 16 * MAX_BYTES;

/**
 * A configuration with all it includes; null where the file is missing. Throws ExpectedError: for a file that cannot
 * be read, one of more than 1 MB, an Include that goes in a circle or is more than 16 files deep.
 */
export async function loadConfig(
  file: string,
  settings: LoadSettings,
  signal: AbortSignal,
): Promise<ConfigFile | null> {
  const budget = { files: MAX_FILES, bytes: MAX_TOTAL_BYTES };
  const load = async (name: string, depth: number): Promise<ConfigFile | null> => {
    throwIfCancelled(signal);
    budget.files -= 1;
    const text = await readConfigText(name);
    if (text === null) return null;
    budget.bytes -= text.length;
    if (depth > MAX_DEPTH || budget.files < 0 || budget.bytes < 0) {
      throw configError(name, 0, l10n.t('its Include lines go in a circle, or bring in too much'));
    }
    const lines: ConfigLine[] = [];
    for (const [index, content] of text.split('\n').entries()) {
      const parts = splitKeyword(content);
      if (!parts) continue;
      const line = { file: name, line: index + 1, ...parts, words: splitWords(parts.rest), included: [] };
      lines.push(parts.keyword === 'include' ? { ...line, included: await include(line, depth) } : line);
    }
    return { path: name, lines };
  };
  const include = async (line: ConfigLine, depth: number): Promise<readonly ConfigFile[]> => {
    const included: ConfigFile[] = [];
    for (const pattern of line.words ?? []) {
      for (const name of await expandGlob(includePath(pattern, settings), MAX_FILES)) {
        const loaded = await load(name, depth + 1);
        if (loaded) included.push(loaded);
      }
    }
    return included;
  };
  return load(file, 0);
}

function includePath(pattern: string, settings: LoadSettings): string {
  const expanded = expandTilde(expandEnv(pattern, settings.env) ?? pattern, settings.home);
  return path.isAbsolute(expanded) ? expanded : path.join(settings.includeFolder, expanded);
}

/** Node's own code is that of a path with a NUL, which no file has. */
const MISSING: readonly string[] = ['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE'];

async function readConfigText(file: string): Promise<string | null> {
  try {
    const { size, isFile } = await kindOf(file);
    // A pipe or a device might never end.
    if (!isFile) return '';
    if (size > MAX_BYTES) throw configError(file, 0, l10n.t('it is longer than 1 MB'));
    return (await fs.readFile(file, 'utf8')).replace(/^\ufeff/u, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (MISSING.includes(String(error.code))) return null;
      if (typeof error.code === 'string' && /^E[A-Z0-9]+$/u.test(error.code)) {
        throw configError(file, 0, messageOf(error));
      }
    }
    throw error;
  }
}

async function kindOf(file: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const stat = await fs.stat(file);
  return { size: stat.size, isFile: stat.isFile() };
}
