import * as l10n from '@vscode/l10n';
import { ExpectedError, messageOf } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { RecordingEntry, Recordings } from '../../../../tool/recordings';
import type { Clock } from '../clock';
import { takeSnapshot } from './collect';
import { snapshot, SNAPSHOT_VERSION, type Snapshot } from './schema';

export interface SnapshotPlaces {
  readonly machine: Machine;
  readonly recordings: Recordings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A snapshot of 6,000 processes has 3 MB. */
const MOST_BYTES = 64 * 2 ** 20;
const RECORDING = /^recording:(\d{1,16})$/;

/** `now`, `recording:MILLISECONDS` (the one at or before that time), or the path of a file. Throws an ExpectedError. */
export async function loadSnapshot(reference: string, places: SnapshotPlaces): Promise<Snapshot> {
  const { machine, clock, signal } = places;
  if (reference === 'now') return takeSnapshot(machine, clock, signal);
  const atMs = RECORDING.exec(reference)?.[1];
  if (atMs !== undefined) return readRecording(Number(atMs), places);
  const bytes = await machine.files.read(reference, { signal, maxBytes: MOST_BYTES });
  return parseSnapshot(new TextDecoder().decode(bytes), reference);
}

async function readRecording(atMs: number, { machine, recordings }: SnapshotPlaces): Promise<Snapshot> {
  const entry = entryAt(await recordings.list(machine.name), atMs);
  if (entry === undefined) throw noRecordings(machine.name);
  return checkedSnapshot(await recordings.read(machine.name, entry.atMs), `recording:${entry.atMs}`);
}

/** The last one at or before that time; before the first one, that. undefined of an empty ring. */
export function entryAt(entries: readonly RecordingEntry[], atMs: number): RecordingEntry | undefined {
  return entries.findLast((entry) => entry.atMs <= atMs) ?? entries[0];
}

export function noRecordings(machine: string): ExpectedError {
  return new ExpectedError(
    'not-found',
    l10n.t(
      'Nothing of {0} has been recorded. Switch the setting {1} on, or run "opsdeck system.record", and come back later.',
      machine,
      'opsdeck.system.recorder',
    ),
  );
}

/** Throws ExpectedError('malformed'), or 'unsupported' for a file of another version. */
export function parseSnapshot(text: string, name: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    throw malformed(name, messageOf(error));
  }
  return checkedSnapshot(value, name);
}

export function checkedSnapshot(value: unknown, name: string): Snapshot {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'opsdeck-snapshot')
    throw malformed(name, l10n.t('it is something else'));
  if ('version' in value && typeof value.version === 'number' && value.version !== SNAPSHOT_VERSION) {
    const message = l10n.t(
      '{0} is a snapshot of version {1}; this Opsdeck reads version {2}. Take it anew, or use the Opsdeck that made it.',
      name,
      value.version,
      SNAPSHOT_VERSION,
    );
    throw new ExpectedError('unsupported', message);
  }
  const checked = snapshot.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw malformed(name, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** Of a hostile file no long text is shown. */
function malformed(name: string, reason: string): ExpectedError {
  const short = reason.length > 200 ? `${reason.slice(0, 200)}…` : reason;
  return new ExpectedError(
    'malformed',
    l10n.t(
      '{0} is no snapshot of Opsdeck: {1}. Choose a file that "opsdeck system.snapshot" has written.',
      name,
      short,
    ),
  );
}
