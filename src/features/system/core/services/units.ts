import type { Machine } from '../../../../machine/machine';
import { mergedUnits, readUnitLists } from './systemd';

/** sd_booted(3): this folder is there when systemd is the manager, not when it is only installed. */
export const SYSTEMD_ITEM = { path: '/run/systemd/system', what: 'stat' } as const;

/** A unit in the fewest words. */
export interface UnitState {
  readonly id: string;
  readonly state: string;
  readonly sub: string;
  readonly enabled: string | null;
}

/**
 * The units that somebody set up or that do something. Devices, and what sessions and slices come and go with, are
 * left out, as are units that are loaded only because another one mentions them.
 */
export async function readSystemdUnits(
  machine: Machine,
  signal: AbortSignal,
): Promise<{ readonly units: UnitState[] | null; readonly problems: readonly string[] }> {
  const { units, files, problems } = await readUnitLists(machine, signal);
  if (units === null && files === null) return { units: null, problems };
  const kept = mergedUnits(units, files, new Map()).filter(
    ({ id, active, enabled }) => !TRANSIENT.test(id) && (active !== 'inactive' || enabled !== null),
  );
  const states = kept.map(({ id, active, sub, enabled }) => ({ id, state: active ?? '', sub: sub ?? '', enabled }));
  return { units: states.sort((one, other) => (one.id < other.id ? -1 : 1)), problems };
}

const TRANSIENT = /\.(device|scope|slice)$|^(run-|user@|user-runtime-dir@|systemd-coredump@)/;
