import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { readings } from '../readings';
import { NetworkReader, type NetworkQuery } from './reader';
import type { NetworkInput, NetworkResult } from './schema';
import { machineName } from '../machineName';

export interface CollectNetworkOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly input: NetworkInput;
  readonly clock?: Clock;
}

/** Between the first two readings, for rates that mean something. */
const FIRST_INTERVAL_MS = 500;
const LEAST_INTERVAL_MS = 200;

/** The first result at once and without rates, then complete ones. Throws an ExpectedError, or a CancelledError. */
export async function* collectNetwork(options: CollectNetworkOptions): AsyncGenerator<NetworkResult, void, undefined> {
  const { machine, signal, live, clock = SYSTEM_CLOCK } = options;
  const query = queryOf(options.input);
  const reader = new NetworkReader(machine, clock, query);
  const source = { read: async () => checked(await reader.read(signal)) };
  const pace = { firstIntervalMs: FIRST_INTERVAL_MS, leastIntervalMs: LEAST_INTERVAL_MS };
  yield* readings(source, { signal, live, clock, ...pace });
}

function queryOf({ interface: name, allTables, routes }: NetworkInput): NetworkQuery {
  const trimmed = name?.trim() ?? '';
  return { interface: trimmed === '' ? null : trimmed, allTables, routes };
}

function checked(result: NetworkResult): NetworkResult {
  const { filter, interfaces, machine } = result;
  if (filter.interface === null || interfaces.length > 0) return result;
  throw new ExpectedError(
    'not-found',
    l10n.t(
      'There is no interface {0} on {1}. Leave the name out to see all of them.',
      filter.interface,
      machineName(machine),
    ),
  );
}
