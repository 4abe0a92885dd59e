import * as l10n from '@vscode/l10n';
import { settlesWithin, untilAborted } from '../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../lib/errors';
import { fileFailure, lateFailure } from './errors';
import type { StatfsAnswer } from './statfs';
import { HELPER_ENDED } from './statfsHelper';
import { TOO_MANY_STUCK, type StatfsPool } from './statfsPool';
import type { FileFailure, Usage, UsageOptions } from '../machine';

const DEFAULT_DEADLINE_MS = 2_000;

/** What `files.usage` answers, from a pool of helpers. */
export async function readUsage(
  pool: StatfsPool,
  mountPoints: readonly string[],
  options: UsageOptions,
): Promise<ReadonlyMap<string, Usage | FileFailure>> {
  throwIfCancelled(options.signal);
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const rows = [...new Set(mountPoints)].map(async (path) => [path, await usageOf(pool, path, deadlineMs)] as const);
  const usage = await untilAborted(Promise.all(rows), options.signal);
  if (pool.closed) throw new CancelledError('The machine was closed.');
  return new Map(usage);
}

async function usageOf(pool: StatfsPool, path: string, deadlineMs: number): Promise<Usage | FileFailure> {
  const question = pool.question(path, deadlineMs);
  const askedAtMs = await question.asked;
  const restMs = Math.max(0, askedAtMs + deadlineMs - performance.now());
  if (await settlesWithin(question.answer, restMs)) return fromAnswer(await question.answer);
  return lateFailure(performance.now() - askedAtMs);
}

function fromAnswer(answer: StatfsAnswer): Usage | FileFailure {
  if (answer.usage !== undefined) return answer.usage;
  const errno = answer.errno ?? 'UNKNOWN';
  if (errno === HELPER_ENDED) return failed(l10n.t('the process that asks file systems could not run'));
  if (errno !== TOO_MANY_STUCK) return fileFailure(errno);
  return {
    kind: 'failure',
    code: 'timed-out',
    message: l10n.t('not asked, because too many other mounts do not answer'),
  };
}

function failed(message: string): FileFailure {
  return { kind: 'failure', code: 'failed', message };
}
