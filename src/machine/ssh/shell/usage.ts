import * as l10n from '@vscode/l10n';
import { throwIfCancelled } from '../../../lib/errors';
import { fileFailure, lateFailure } from '../../local/errors';
import type { FileFailure, Platform, Usage, UsageOptions } from '../../machine';
import { errnoAtEnd } from './complaints';
import { scriptRequest } from './host';
import { quoteWord } from './quote';
import type { SessionPool } from './sessionPool';

const DEFAULT_DEADLINE_MS = 2_000;
/** More mounts that hang than this, and nothing is asked any more: each keeps a process over there. */
const MOST_STUCK = 8;

/**
 * MachineFiles.usage in one round trip: a process for each mount point, so that one that hangs holds up no other. It
 * is not asked again before it has answered.
 */
export class UsageReader {
  private readonly stuck = new Set<string>();

  constructor(
    private readonly pool: SessionPool,
    private readonly platform: Platform,
  ) {}

  async read(
    mountPoints: readonly string[],
    { signal, deadlineMs = DEFAULT_DEADLINE_MS }: UsageOptions,
  ): Promise<ReadonlyMap<string, Usage | FileFailure>> {
    throwIfCancelled(signal);
    const paths = [...new Set(mountPoints)];
    const usable = (path: string): boolean => !path.includes('\0') && !this.stuck.has(path);
    const asked = this.stuck.size < MOST_STUCK ? paths.filter(usable) : [];
    const answers = asked.length === 0 ? new Map() : await this.ask(asked, signal, deadlineMs);
    return new Map(paths.map((path) => [path, answers.get(path) ?? this.failureOf(path, deadlineMs)]));
  }

  private async ask(
    paths: readonly string[],
    signal: AbortSignal,
    deadlineMs: number,
  ): Promise<ReadonlyMap<string, Usage | FileFailure>> {
    const script = usageScript(paths, this.platform);
    const { late, bytes } = await this.pool.ask((session) => scriptRequest(session, script), {
      signal,
      deadlineMs,
      again: true,
      onLate: (answer) => this.remember(paths, answer),
    });
    const answers = usageAnswers(bytes.toString('latin1'), paths, this.platform);
    if (!late) return answers;
    for (const path of paths) if (answers.has(path)) this.stuck.delete(path);
    return answers;
  }

  /** They are forgotten when the last of them has answered. */
  private remember(paths: readonly string[], answer: Promise<Buffer>): void {
    for (const path of paths) this.stuck.add(path);
    const forget = (): void => paths.forEach((path) => this.stuck.delete(path));
    answer.then(forget, forget);
  }

  private failureOf(path: string, deadlineMs: number): FileFailure {
    if (path.includes('\0')) return fileFailure('ERR_INVALID_ARG_VALUE');
    if (this.stuck.size < MOST_STUCK || this.stuck.has(path)) return lateFailure(deadlineMs);
    const message = l10n.t('not asked, because too many other mounts do not answer');
    return { kind: 'failure', code: 'timed-out', message };
  }
}

/** Each writes its answer in one go: less than a pipe takes at once, so that none is mixed with another's. */
function usageScript(paths: readonly string[], platform: Platform): string {
  const format = `'%b %f %a %S %c %d'`;
  const program = platform === 'linux' ? `stat -f -c ${format}` : 'df -kP';
  return paths
    .map((path, index) => {
      const ask = `x=$(${program} ${quoteWord(path.startsWith('-') ? `./${path}` : path)} 2>&1); printf '%s %s\\0' ${index} "$x"`;
      return `{ ${ask}; } &`;
    })
    .concat('wait')
    .join('\n');
}

function usageAnswers(answer: string, paths: readonly string[], platform: Platform): Map<string, Usage | FileFailure> {
  const answers = new Map<string, Usage | FileFailure>();
  for (const part of answer.split('\0').slice(0, -1)) {
    const blank = part.indexOf(' ');
    const path = paths[Number(part.slice(0, blank))];
    if (path !== undefined) answers.set(path, usageOf(part.slice(blank + 1), platform));
  }
  return answers;
}

function usageOf(text: string, platform: Platform): Usage | FileFailure {
  const words = /^\d+( \d+){5}$/.test(text) ? text.split(' ').map(BigInt) : undefined;
  if (words !== undefined) {
    const [blocks = 0n, free = 0n, available = 0n, size = 0n, inodes = 0n, inodesFree = 0n] = words;
    return {
      kind: 'usage',
      totalBytes: Number(blocks * size),
      freeBytes: Number(free * size),
      availableBytes: Number(available * size),
      inodes: Number(inodes),
      inodesFree: Number(inodesFree),
    };
  }
  const row = platform === 'linux' ? null : / (\d+) +(\d+) +(\d+) +\d+% [^%]*$/.exec(text);
  if (row !== null) {
    const [total, used, available] = row.slice(1).map((kibibytes) => Number(kibibytes) * 1_024);
    const rest = { availableBytes: available ?? 0, inodes: 0, inodesFree: 0 };
    return { kind: 'usage', totalBytes: total ?? 0, freeBytes: (total ?? 0) - (used ?? 0), ...rest };
  }
  return fileFailure(errnoAtEnd(text) ?? text.trim().slice(0, 200));
}
