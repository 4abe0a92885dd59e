import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { localName, type Machines } from '../../../../machine/machines';
import type { Machine } from '../../../../machine/machine';
import type { Direction, TransferInput } from './inputs';
import { excluder } from './globs';
import { absolutePath, joined, nameOf, parentOf, refusedName } from './paths';
import { statIfThere, surveyTarget, type Survey } from './survey';
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
}

export interface JourneyContext {
  readonly machine: Machine;
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
}

/** Throws ExpectedError. */
export async function journeyOf(
  direction: Direction,
  options: TransferInput,
  context: JourneyContext,
): Promise<Journey> {
  const { machine, signal } = context;
  const local = await context.machines.open(localName, signal);
  const [source, target] = direction === 'upload' ? [local, machine] : [machine, local];
  const from = await absolutePath(source, options.from, signal);
  const to = await targetOf(target, options, from, signal);
  if (source.name === target.name) await refuseItself(source, from, to, signal);
  return { direction, source, target, from, to, options };
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

export interface Findings {
  readonly tree: SourceTree;
  readonly survey: Survey;
}

/** Walks the source, and looks at what is at the target. Throws ExpectedError. */
export async function findOut({ source, target, from, to, options }: Journey, signal: AbortSignal): Promise<Findings> {
  const tree = await walkSource({
    machine: source,
    root: from,
    targetPlatform: target.platform,
    links: options.links,
    excluded: excluder(options.exclude),
    signal,
  });
  return { tree, survey: await surveyTarget(target, to, tree.entries, signal) };
}
