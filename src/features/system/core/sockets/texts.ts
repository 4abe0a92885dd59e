import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { parseAuxv, USUAL_UNITS } from '../kernel/clockTicks';
import { parseNamespaceLink } from '../kernel/namespaces';
import { isBigEndian } from '../kernel/socketAddress';
import { parseStat } from '../kernel/stat';
import { isCutShort } from '../kernel/text';
import type { FactsScale } from './ownerFacts';
import type { Holders } from './owners';
import type { SocketTable } from './query';
import { machineName } from '../machineName';

export const OWN_NAMESPACE = '/proc/self/ns/net';
export const PASSWD_FILE = '/etc/passwd';
const AUXV = '/proc/self/auxv';
export const HOST_FILES = [AUXV, '/proc/stat', PASSWD_FILE];

export interface HostFacts extends FactsScale {
  readonly bigEndian: boolean;
}

export function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

/** `texts`: the answer to HOST_FILES. */
export function hostFactsOf(texts: FileTexts): HostFacts {
  const bootSeconds = parseStat(textOf(texts, '/proc/stat'))?.bootTimeSeconds ?? null;
  const auxv = textOf(texts, AUXV);
  return {
    bootTimeMs: bootSeconds === null ? null : bootSeconds * 1000,
    ticksPerSecond: (parseAuxv(auxv) ?? USUAL_UNITS).ticksPerSecond,
    bigEndian: isBigEndian(auxv),
  };
}

/** null for the namespace of the machine itself, or where that cannot be told. */
export function namespaceOf(texts: FileTexts, pid: number | null): string | null {
  const own = texts.get(OWN_NAMESPACE);
  const link = pid === null ? own : texts.get(`/proc/${pid}/ns/net`);
  if (typeof link !== 'string' || link === own) return null;
  return String(parseNamespaceLink(link)?.inode ?? link);
}

/** By index. */
export function interfaceNames(texts: FileTexts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const path of texts.keys()) {
    const content = path.startsWith('/sys/class/net/') ? texts.get(path) : undefined;
    if (typeof content === 'string') names.set(content.trim(), path.split('/')[4] ?? '');
  }
  return names;
}

/** Throws an ExpectedError where not one table can be read. */
export function requireTables(
  texts: FileTexts,
  folder: string,
  tables: readonly SocketTable[],
  { name }: Machine,
  pid: number | null,
): void {
  if (tables.some(({ file }) => typeof texts.get(`${folder}/${file}`) === 'string')) return;
  if (pid !== null && typeof texts.get(`/proc/${pid}/stat`) !== 'string') {
    throw new ExpectedError(
      'not-found',
      l10n.t('There is no process {0} on {1}. It may have ended.', pid, machineName(name)),
    );
  }
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'The sockets of {0} come from /proc/net, which cannot be read there, or its kernel has no such sockets.',
      machineName(name),
    ),
  );
}

/** What is missing for want of rights. `pid`: the process that was asked for. */
export function unseen(pid: number | null, { denied, hidden }: Holders): readonly string[] {
  const texts = [
    pid !== null && denied.has(pid)
      ? l10n.t('Which sockets process {0} has may only be seen by its user or root.', pid)
      : null,
    hidden ? l10n.t('Only own processes can be seen: /proc is mounted with hidepid. Root sees all of them.') : null,
  ];
  return texts.filter((text) => text !== null);
}

export function problemsOf(texts: FileTexts, folder: string, tables: readonly SocketTable[]): readonly string[] {
  const problems: string[] = [];
  for (const { file } of tables) {
    const content = texts.get(`${folder}/${file}`);
    const cut = typeof content === 'string' && isCutShort(content);
    if (cut) problems.push(l10n.t('{0}: {1}', `${folder}/${file}`, l10n.t('is cut short')));
    // Of a protocol that this kernel does not have there is no table.
    else if (isFailure(content) && content.code !== 'missing') {
      problems.push(l10n.t('{0}: {1}', `${folder}/${file}`, content.message));
    }
  }
  return problems;
}
