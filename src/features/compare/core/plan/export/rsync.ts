import * as l10n from '@vscode/l10n';
import { localName } from '../../../../../machine/machines';
import { otherSide, type Side } from '../../trees/entry';
import { aboveOf } from '../makePlan';
import type { Place, SyncPlan } from '../schema';
import { isPlainPath, octalEscaped, shellWord } from './quoted';

export interface PlanText {
  readonly to: Side;
  readonly text: string;
  /** What the text cannot say. */
  readonly notes: readonly string[];
}

/**
 * Commands that do the steps which change that side, and no others: rsync is given the paths to copy, and patterns that
 * protect everything but what is to be deleted. Pure.
 */
export function rsyncText({ places, steps }: SyncPlan, to: Side): PlanText {
  const [source, target] = [places[otherSide(to)], places[to]];
  const some = steps.filter((step) => step.to === to);
  const replaced = some.some(({ first, target: before }) => first && before?.kind === 'directory');
  const copied = some.filter(({ action }) => action !== 'delete').map(({ path }) => path);
  const deleted = some.filter(({ action, first }) => action === 'delete' && !first).map(({ path }) => path);
  const areRemote = source.machine !== localName && target.machine !== localName;
  const folders = `${argumentOf(source, areRemote)} ${argumentOf(target, false)}`;
  // Links, permissions and times; the content decides, as in the comparison. Folders above are there, and stay as they are.
  const copying = `rsync -lpt --checksum --from0 --files-from=- --no-implied-dirs${replaced ? ' --force' : ''} ${folders}\n`;
  const deleting = `rsync -r --delete --existing --ignore-existing --from0 --include-from=- --exclude='*' ${folders}\n`;
  return {
    to,
    text:
      (copied.length === 0 ? '' : `${printed(copied)}| ${copying}`) +
      (deleted.length === 0 ? '' : `${printed(patternsOf(deleted))}| ${deleting}`),
    notes: areRemote ? [betweenHosts(source, target)] : [],
  };
}

function betweenHosts(source: Place, target: Place): string {
  return l10n.t(
    'rsync cannot copy between two hosts: run it on {0}, which must reach {1} by SSH.',
    source.machine,
    target.machine,
  );
}

/** A command that prints texts, each ended by NUL: also many, and any bytes. */
function printed(texts: readonly string[]): string {
  const sorted = [...new Set(texts)].sort();
  const isPlain = sorted.every(isPlainPath);
  const words = sorted.map((text) => `  ${shellWord(isPlain ? text : octalEscaped(text, '\\0'))} \\\n`);
  return `printf '${isPlain ? '%s' : '%b'}\\0' \\\n${words.join('')}`;
}

/** With the folders on the way to them, or rsync would not look into those. */
function patternsOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => [patternOf(path), ...aboveOf(path).map((folder) => `${patternOf(folder)}/`)]);
}

/** A backslash means itself unless there is a wildcard. */
function patternOf(path: string): string {
  return `/${/[*?[]/.test(path) ? path.replace(/[*?[\\]/g, '\\$&') : path}`;
}

function argumentOf({ machine, path }: Place, isHere: boolean): string {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return shellWord(machine === localName || isHere ? folder : `${hostOf(machine)}:${folder}`);
}

/** An address with colons stands in brackets. */
function hostOf(machine: string): string {
  return machine.includes(':') ? `[${machine}]` : machine;
}
