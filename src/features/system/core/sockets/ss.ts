import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parseSsTcp, parseSsUnix, type SsTcp, type SsUnix } from '../kernel/ssOutput';

const DEADLINE_MS = 5_000;
const MAX_BYTES = 64 * 1_048_576;

export interface SsTraffic {
  readonly monotonicMs: number;
  readonly tcp: ReadonlyMap<number, SsTcp>;
}

/**
 * What only ss(8) of iproute2 tells, for it asks the kernel by netlink. Where it is missing, is too old or fails, there
 * is nothing, and it is not asked again.
 */
export class SsReader {
  /** Why there is nothing from it. */
  missing: string | null = null;

  constructor(private readonly machine: Machine) {}

  async tcp(nowMs: () => number, signal: AbortSignal): Promise<SsTraffic | null> {
    // Without -H and -O, which old ones do not know.
    const output = await this.output(['ss', '-tinae'], signal);
    return output === null ? null : { monotonicMs: nowMs(), tcp: parseSsTcp(output) };
  }

  async unix(paths: ReadonlyMap<number, string | null>, signal: AbortSignal): Promise<ReadonlyMap<number, SsUnix>> {
    const output = await this.output(['ss', '-xan'], signal);
    return output === null ? new Map() : parseSsUnix(output, paths);
  }

  private async output(command: readonly string[], signal: AbortSignal): Promise<string | null> {
    if (this.missing !== null) return null;
    try {
      const options = { signal, deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES };
      const { exitCode, stdout, stderr } = await this.machine.exec(command, options);
      if (exitCode === 0) return Buffer.from(stdout).toString('utf8');
      this.missing = Buffer.from(stderr).toString('utf8').trim().split('\n', 1)[0] ?? '';
    } catch (error) {
      if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
      this.missing = error.code === 'not-found' ? l10n.t('it is not installed') : error.message;
    }
    return null;
  }
}
