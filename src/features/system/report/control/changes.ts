import * as l10n from '@vscode/l10n';
import { readIoPriorityText } from '../../core/control/ioPriority';
import { readLimitsText } from '../../core/control/resources';
import type { ControlResult, ControlRow } from '../../core/control/schema';
import { signalName, SIGCONT } from '../../core/kernel/signals';
import { shownValue, valueLabel, whomAll } from './words';
import { whom } from '../processWords';

/** One entry of the journal. */
export interface ControlChange {
  readonly what: string;
  /** The call that takes it back; with pid and start time, so that it never meets another process. */
  readonly undo: Undo | null;
}

export interface Undo {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What was changed: nothing for processes that refused, were gone before, or had the value already. */
export function changesOf(result: ControlResult): readonly ControlChange[] {
  const whole = wholeTree(result);
  if (whole !== null) return [whole];
  return result.processes.filter((row) => wasTouched(result, row)).map((row) => changeOf(result, row));
}

function wasTouched({ action }: ControlResult, { outcome, before, after }: ControlRow): boolean {
  if (outcome === 'killed' || outcome === 'waiting') return true;
  // A process that ended before its turn has no state from before.
  if (outcome === 'ended') return before !== null;
  if (outcome === 'failed') return action === 'terminate';
  return outcome === 'done' && (action === 'signal' || before !== after);
}

/** A tree that was stopped or woken up as a whole is taken back as a whole. */
function wholeTree(result: ControlResult): ControlChange | null {
  const { action, scope, processes, cancelled } = result;
  const [root, ...others] = processes;
  if (scope !== 'tree' || (action !== 'suspend' && action !== 'resume') || root === undefined) return null;
  if (cancelled || others.length === 0 || !processes.every((row) => undoOf(result, row) !== null)) return null;
  const tree = whomAll(root.name, root.pid, scope, others.length);
  const what = action === 'suspend' ? l10n.t('{0}: suspended', tree) : l10n.t('{0}: resumed', tree);
  const undo = undoOf(result, root);
  return { what, undo: undo === null ? null : { ...undo, input: { ...undo.input, tree: true } } };
}

function changeOf(result: ControlResult, row: ControlRow): ControlChange {
  return { what: whatOf(result, row), undo: undoOf(result, row) };
}

function whatOf({ action, asked, resource }: ControlResult, row: ControlRow): string {
  const one = whom(row.name, row.pid);
  switch (row.outcome) {
    case 'killed':
      return l10n.t('{0}: killed', one);
    case 'ended':
      return l10n.t('{0}: {1} sent, ended', one, asked);
    case 'waiting':
    case 'failed':
      return l10n.t('{0}: {1} sent, still there', one, asked);
    case 'done':
    case 'refused':
    case 'denied':
    case 'missing':
      break;
  }
  const before = shownValue(row.before);
  const after = shownValue(row.after);
  if (before === after || before === null || after === null) return l10n.t('{0}: {1} sent', one, asked);
  return action === 'signal'
    ? l10n.t('{0}: {1} sent, {2} → {3}', one, asked, before, after)
    : l10n.t('{0}: {1} {2} → {3}', one, valueLabel(action, resource), before, after);
}

/** null where nothing can take it back. */
export function undoOf(result: ControlResult, row: ControlRow): Undo | null {
  const { pid, startTicks, before, after, outcome } = row;
  if (outcome !== 'done' || before === null || after === null || before === after) return null;
  const identity = { pid, startTicks };
  switch (result.action) {
    case 'signal':
    case 'suspend':
    case 'resume':
      return undoOfState(result, identity, before, after);
    case 'nice':
      return { tool: 'system.nice', input: { ...identity, nice: Number(before) } };
    case 'ionice': {
      const priority = readIoPriorityText(before);
      if (priority === null) return null;
      const level = priority.level === null ? {} : { level: priority.level };
      return { tool: 'system.ionice', input: { ...identity, class: priority.class, ...level } };
    }
    case 'affinity':
      return {
        tool: 'system.affinity',
        input: { ...identity, cpus: before, threads: result.scope === 'threads' },
      };
    case 'limit':
      return { tool: 'system.limit', input: { ...identity, resource: result.resource, ...readLimitsText(before) } };
    case 'terminate':
      return null;
  }
}

/** Stopping is undone by waking up, and the other way round; what else a signal did is done. */
function undoOfState(
  { asked }: ControlResult,
  identity: { readonly pid: number; readonly startTicks: number },
  before: string,
  after: string,
): Undo | null {
  if (after === 'stopped' && before !== 'stopped') return { tool: 'system.resume', input: identity };
  const wakes = asked === signalName(SIGCONT);
  return wakes && before === 'stopped' && after !== 'stopped' ? { tool: 'system.suspend', input: identity } : null;
}
