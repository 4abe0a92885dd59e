import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { excluder } from '../../../../lib/globs';
import type { FileStat, Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import { statIfThere } from '../../../../machine/statIfThere';
import { joined, nameOf, parentOf } from '../../../../machine/treePaths';
import type { AcrossInput, Direction, TransferInput } from './inputs';
import { absolutePath, refusedName } from './paths';
import { surveyTarget, type Survey } from './survey';
import { walkSource, type SourceTree } from './walk';

/** What is copied from where to where. */
export interface Journey {
  readonly direction: Direction;
  readonly source: Machine;
  readonly target: Machine;
  /** Absolute; the name that the copy will have is the end of `to`. */
  readonly from: string;
  readonly to: string;
  readonly options: TransferInput;
  /** The original is deleted when all of it is there. */
  readonly moves: boolean;
}

export interface JourneyContext {
  readonly machine: Machine;
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
}

/** Throws ExpectedError. */
export async function journeyOf(
  direction: Direction,
  options: TransferInput & Partial<Pick<AcrossInput, 'host' | 'move'>>,
  context: JourneyContext,
): Promise<Journey> {
  const { machine, signal } = context;
  const { host = localName, move = false } = options;
  const other = await context.machines.open(host, signal);
  const [source, target] = direction === 'upload' ? [other, machine] : [machine, other];
  const from = await absolutePath(source, options.from, signal);
  const to = await targetOf(target, options, from, signal);
  const journey: Journey = { direction, source, target, from, to, options, moves: move };
  if (source.name === target.name) await refuseItself(source, from, to, signal);
  else if (move) await refuseTwin(journey, signal);
  return journey;
}

async function targetOf(
  target: Machine,
  { to, exact }: TransferInput,
  from: string,
  signal: AbortSignal,
): Promise<string> {
  const given = await absolutePath(target, to, signal);
  const there = await resolveIfThere(target, given, signal);
  if (exact) return there ?? given;
  const isFolder = there !== null && (await target.files.stat(there, signal)).kind === 'directory';
  if (!isFolder && !/[/\\]$/.test(to)) return there ?? given;
  const name = nameOf(from);
  if (refusedName(name, target.platform) === null) return joined(there ?? given, name);
  const text = l10n.t('{0} cannot be the name of a copy. Give the whole path that it is to have.', shownPath(from));
  throw new ExpectedError('invalid-input', text);
}

/** Without links, so that a folder which is a link is a folder. */
async function resolveIfThere(machine: Machine, path: string, signal: AbortSignal): Promise<string | null> {
  const there = await statIfThere(machine, path, signal);
  return there === null ? null : machine.files.resolve(path, signal);
}

async function refuseItself(machine: Machine, from: string, to: string, signal: AbortSignal): Promise<void> {
  const real = await machine.files.resolve(from, signal);
  const parent = await resolveIfThere(machine, parentOf(to), signal);
  const target = parent === null ? to : joined(parent, nameOf(to));
  if (target !== real && !target.startsWith(`${real}/`)) return;
  const text = l10n.t('{0} cannot be copied into itself. Choose another place.', shownPath(from));
  throw new ExpectedError('invalid-input', text);
}

/** Two names may be of one host: what is moved onto itself would be gone at the end. */
async function refuseTwin({ source, target, from, to }: Journey, signal: AbortSignal): Promise<void> {
  const [one, other] = await Promise.all([statIfThere(source, from, signal), statIfThere(target, to, signal)]);
  if (one === null || other === null || identityOf(one) !== identityOf(other)) return;
  const text = l10n.t(
    'What is at {0} on {1} looks exactly like what is moved from {2}: both names may lead to the same host. Nothing was done; copy it, and delete the original yourself.',
    shownPath(to),
    target.name,
    source.name,
  );
  throw new ExpectedError('exists', text);
}

/** All that is told of a file; of times, what every server tells. */
function identityOf({ kind, sizeBytes, mode, modifiedMs, uid, gid }: FileStat): string {
  return [kind, sizeBytes, mode, Math.floor(modifiedMs / 1_000), uid, gid].join(' ');
}

export interface Findings {
  readonly tree: SourceTree;
  readonly survey: Survey;
}

/** Walks the source, and looks at what is at the target. Throws ExpectedError. */
export async function findOut(journey: Journey, signal: AbortSignal): Promise<Findings> {
  const { direction, source, target, from, to, options } = journey;
  const tree = await walkSource({
    machine: source,
    root: from,
    // From host to host a link stays a link; between a host and this computer, what a person names is what it leads to.
    followsRoot: direction !== 'across' || options.links !== 'keep',
    targetPlatform: target.platform,
    links: options.links,
    excluded: excluder(options.exclude),
    signal,
  });
  return { tree, survey: await surveyTarget(target, to, tree.entries, signal) };
}
