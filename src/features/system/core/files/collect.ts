import * as l10n from '@vscode/l10n';
import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { decodeBytes } from '../kernel/bytes';
import { baseOf, lateTexts } from './base';
import { collectDeleted } from './collectDeleted';
import { isForeign, readForeignMounts } from './foreign';
import { readNames } from '../processes/names';
import type { FilesInput } from './input';
import { readObstacles } from './obstacles';
import { resolvePath, type Resolved } from './resolve';
import { scanProcesses, type Scan } from './scan';
import type { FilesResult, FileUse } from './schema';
import { soughtOf, targetOf } from './target';
import { readUses, statHeld, withDetails, type Use } from './uses';
import { machineName } from '../machineName';
import { requireLinux } from '../linuxOnly';

/** Throws an ExpectedError for a path that is nowhere, and on machines without /proc. */
export async function collectFiles(machine: Machine, input: FilesInput, signal: AbortSignal): Promise<FilesResult> {
  throwIfCancelled(signal);
  requireLinux(machine);
  const path = input.path?.trim() ?? '';
  if (path !== '' && input.deleted !== true) return collectUses(machine, path, input, signal);
  return collectDeleted(machine, path === '' ? null : path, input.deleted === true, signal);
}

async function collectUses(
  machine: Machine,
  asked: string,
  input: FilesInput,
  signal: AbortSignal,
): Promise<FilesResult> {
  const [resolved, scan] = await Promise.all([resolvePath(machine, asked, signal), scanProcesses(machine, signal)]);
  const sought = soughtOf(resolved, input, scan);
  const [mountsOf, sockets, stats] = await Promise.all([
    readForeignMounts(machine, scan, signal),
    boundSockets(machine, resolved, signal),
    statHeld(machine, scan, signal),
  ]);
  const found = await readUses(machine, scan, sought, { mountsOf, sockets, stats, signal });
  const base = baseOf(machine, scan);
  if (resolved.exists === false && found.length === 0) throw nowhere(machine, resolved, base.seen.denied);
  const processes = [...new Map(found.map(({ process }) => [process.pid, process])).values()];
  const target = targetOf(resolved, sought);
  const [uses, names, obstacles] = await Promise.all([
    withDetails(machine, found, scan, signal),
    readNames(machine, processes, signal),
    sought.question === 'mount' && target.mountPoint !== null
      ? readObstacles(machine, target.mountPoint, scan.mounts, signal)
      : [],
  ]);
  const named = uses.map(({ process, ...use }): FileUse => {
    const { name, user } = names.get(process.pid) ?? { name: process.name, user: null };
    return { pid: process.pid, startTicks: process.startTicks, name, user, ...use };
  });
  return {
    ...base,
    question: sought.question,
    target,
    uses: named,
    users: usersOf(named, uses, scan),
    obstacles: [...obstacles],
    problems: [...silentTexts(stats.silent, resolved), ...lateTexts(scan, stats.late)],
  };
}

function nowhere(machine: Machine, { path }: Resolved, denied: number): ExpectedError {
  return new ExpectedError(
    'not-found',
    denied === 0
      ? l10n.t(
          '{0} does not exist on {1}, and no process holds a deleted file of that name. Check the path.',
          path,
          machineName(machine.name),
        )
      : l10n.t(
          '{0} does not exist on {1}, and none of the processes that may be looked into holds a deleted file of that name. Check the path.',
          path,
          machineName(machine.name),
        ),
  );
}

/** A socket's descriptor tells its inode, and /proc/net/unix where that one is bound. */
async function boundSockets(
  machine: Machine,
  { path, stat }: Resolved,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (stat?.kind !== 'socket') return new Set();
  const content = (await machine.files.readMany(['/proc/net/unix'], { signal, encoding: 'bytes' })).get(
    '/proc/net/unix',
  );
  const lines = typeof content === 'string' ? content.split('\n') : [];
  return new Set(
    lines.flatMap((line) => {
      const [, inode, place] = /^\S+: \S+ \S+ \S+ \S+ \S+ +(\d+) (\/.*)$/.exec(line) ?? [];
      return inode !== undefined && decodeBytes(place ?? '') === path ? [inode] : [];
    }),
  );
}

function usersOf(named: readonly FileUse[], uses: readonly Use[], scan: Scan): FilesResult['users'] {
  const byPid = new Map<number, FilesResult['users'][number]>();
  for (const [index, { pid, startTicks, name, user }] of named.entries()) {
    const known = byPid.get(pid);
    const process = uses[index]?.process;
    const otherNamespace = process !== undefined && isForeign(process, scan);
    byPid.set(pid, { pid, startTicks, name, user, uses: (known?.uses ?? 0) + 1, otherNamespace });
  }
  return [...byPid.values()].sort((one, other) => other.uses - one.uses || one.pid - other.pid);
}

function silentTexts(silent: readonly string[], resolved: Resolved): string[] {
  const texts = silent.map((mountPoint) =>
    l10n.t('The file system at {0} did not answer: what is open there was compared by name only.', mountPoint),
  );
  if (resolved.exists !== null) return texts;
  return [l10n.t('{0} did not answer: uses were compared by name only.', resolved.path), ...texts];
}
