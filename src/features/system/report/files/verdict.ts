import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../../report/plainText';
import type { FilesResult } from '../../core/files/schema';
import type { Words } from '../words';

/** So many processes are named. */
const NAMED = 3;

export function filesVerdict(result: FilesResult, words: Words): string {
  switch (result.question) {
    case 'file':
    case 'folder':
      return usesText(result);
    case 'mount':
      return mountText(result);
    case 'deleted':
    case 'summary':
      return deletedText(result, words);
  }
}

function usesText(result: FilesResult): string {
  const { target, users, question, seen } = result;
  const path = visibleLine(target?.asked ?? '');
  if (users.length > 0) {
    const names = namesOf(result);
    if (target?.exists === false) return l10n.t('{0} does not exist any more, but is still held by {1}.', path, names);
    return question === 'folder'
      ? l10n.t('{0}, or what lies below it, is used by {1}.', path, names)
      : l10n.t('{0} is used by {1}.', path, names);
  }
  if (seen.denied > 0)
    return l10n.t(
      'None of the {0} processes that may be looked into uses {1}; {2} may not.',
      seen.processes - seen.denied,
      path,
      seen.denied,
    );
  return question === 'folder'
    ? l10n.t('Nobody uses {0} or anything below it.', path)
    : l10n.t('Nobody uses {0}.', path);
}

function mountText(result: FilesResult): string {
  const { target, users, obstacles, seen } = result;
  const mountPoint = visibleLine(target?.mountPoint ?? target?.asked ?? '');
  const inTheWay = [
    ...(users.length > 0 ? [namesOf(result)] : []),
    ...obstacles.slice(0, NAMED).map(({ kind, what }) => {
      switch (kind) {
        case 'mount':
          return l10n.t('the mount at {0}', visibleLine(what));
        case 'swap':
          return l10n.t('the swap file {0}', visibleLine(what));
        case 'loop':
          return l10n.t('the loop device {0}', visibleLine(what));
      }
    }),
  ];
  if (inTheWay.length > 0)
    return l10n.t('{0} cannot be unmounted: it is used by {1}.', mountPoint, inTheWay.join(l10n.t(', ')));
  if (seen.denied > 0)
    return l10n.t('Nothing that may be seen uses {0}; {1} processes may not be looked into.', mountPoint, seen.denied);
  return l10n.t('Nobody uses {0}: it can be unmounted.', mountPoint);
}

/** 'nginx (12, 13) and 4 more processes': by name, for one program often runs as many processes. */
function namesOf({ users }: FilesResult): string {
  const byName = new Map<string, number[]>();
  for (const { name, pid } of users) byName.set(name, [...(byName.get(name) ?? []), pid]);
  const named = [...byName].slice(0, NAMED);
  const texts = named.map(([name, pids]) =>
    pids.length > NAMED
      ? l10n.t('{0} ({1} processes)', visibleLine(name), pids.length)
      : l10n.t('{0} (PID {1})', visibleLine(name), pids.join(l10n.t(', '))),
  );
  const rest = users.length - named.reduce((sum, [, pids]) => sum + pids.length, 0);
  const told = texts.join(l10n.t(', '));
  return rest > 0 ? l10n.t('{0} and {1} more', told, rest) : told;
}

function deletedText(
  { deleted, deletedDiskBytes, deletedMemoryBytes, question, openFiles, target, seen }: FilesResult,
  words: Words,
): string {
  const onDisk = deleted.filter(({ medium }) => medium === 'disk');
  const [largest] = onDisk;
  const holder = largest?.holders[0];
  const where = target?.mountPoint == null ? null : visibleLine(target.mountPoint);
  const disk =
    largest === undefined || holder === undefined || deletedDiskBytes === 0
      ? nothingText(where, seen)
      : heldText(words.bytes(deletedDiskBytes), words.bytes(largest.sizeBytes), holder, where);
  const parts = [
    ...(question === 'summary' && openFiles !== null ? [l10n.t('{0} files are open', words.number(openFiles))] : []),
    disk,
    ...(deletedMemoryBytes > 0
      ? [l10n.t('{0} more are in shared memory or tmpfs, which is no disk space', words.bytes(deletedMemoryBytes))]
      : []),
  ];
  return l10n.t('{0}.', capitalised(parts.join(l10n.t('; '))));
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What may not be looked at may hold some. */
function nothingText(where: string | null, { processes, denied }: FilesResult['seen']): string {
  if (denied > 0)
    return l10n.t(
      'no disk space is held by deleted files of the {0} processes that may be looked into; {1} may not',
      processes - denied,
      denied,
    );
  return where === null
    ? l10n.t('no disk space is held by deleted files')
    : l10n.t('no space on {0} is held by deleted files', where);
}

function heldText(
  all: string,
  largest: string,
  { name, pid }: { readonly name: string; readonly pid: number },
  where: string | null,
): string {
  const who = visibleLine(name);
  return where === null
    ? l10n.t(
        'deleted files that are still open hold {0}; {1} of it come free when {2} (PID {3}) closes a file or ends',
        all,
        largest,
        who,
        pid,
      )
    : l10n.t(
        'deleted files that are still open hold {0} on {4}; {1} of it come free when {2} (PID {3}) closes a file or ends',
        all,
        largest,
        who,
        pid,
        where,
      );
}
