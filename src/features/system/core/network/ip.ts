import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import {
  parseIpAddr,
  parseIpNeighbours,
  parseIpRoutes,
  parseIpRules,
  type IpLink,
  type IpNeighbour,
  type IpRoute,
  type IpRule,
} from '../kernel/ipAddrJson';

const DEADLINE_MS = 5_000;
const MAX_BYTES = 64 * 1_048_576;

/** What ip(8) tells; each part null where it does not. */
export interface IpAnswers {
  readonly links: readonly IpLink[] | null;
  readonly routes4: readonly IpRoute[] | null;
  readonly routes6: readonly IpRoute[] | null;
  readonly rules4: readonly IpRule[] | null;
  readonly rules6: readonly IpRule[] | null;
  readonly neighbours: readonly IpNeighbour[] | null;
}

/** Where ip is missing, or prints no JSON, it is not asked again. */
export class IpReader {
  /** Why it told nothing of the interfaces. */
  missing: string | null = null;

  constructor(private readonly machine: Machine) {}

  async read(signal: AbortSignal): Promise<IpAnswers | null> {
    if (this.missing !== null) return null;
    const links = await this.ask(['-d', 'addr'], parseIpAddr, signal);
    if (links === null) {
      this.missing ??= l10n.t('it prints no JSON');
      return null;
    }
    const route = ['-d', 'route', 'show', 'table', 'all'];
    const [routes4, routes6, rules4, rules6, neighbours] = await Promise.all([
      this.ask(['-4', ...route], parseIpRoutes, signal),
      this.ask(['-6', ...route], parseIpRoutes, signal),
      this.ask(['-4', 'rule'], parseIpRules, signal),
      this.ask(['-6', 'rule'], parseIpRules, signal),
      this.ask(['neigh'], parseIpNeighbours, signal),
    ]);
    return { links, routes4, routes6, rules4, rules6, neighbours };
  }

  private async ask<T>(
    words: readonly string[],
    parse: (text: string) => T | null,
    signal: AbortSignal,
  ): Promise<T | null> {
    try {
      const options = { signal, deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES };
      const { exitCode, stdout } = await this.machine.exec(['ip', '-j', ...words], options);
      return exitCode === 0 ? parse(Buffer.from(stdout).toString('utf8')) : null;
    } catch (error) {
      if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
      if (error.code === 'not-found') this.missing = l10n.t('it is not installed');
      else this.missing ??= error.message;
      return null;
    }
  }
}
