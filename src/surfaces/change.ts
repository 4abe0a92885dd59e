import { setTimeout as pause } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { JournalEntry } from '../editor/journal';
import { withProgress } from '../editor/progress';
import type { Session } from '../editor/session';
import type { Workbench } from '../editor/workbench';
import type { RunRequest } from '../report/protocol';
import { findTool } from '../tool/registry';
import type { Plan } from '../tool/tool';

/**
 * Everything that changes something goes this way: found out what would be done, shown and confirmed, done, written
 * into the journal. Nothing is done when the user leaves, and what was done is told with its way back.
 */
export async function runChange(workbench: Workbench, request: RunRequest): Promise<boolean> {
  const title = workbench.titleOf(request.tool);
  // What takes its time is looked at while it does, and cancelled there.
  const { live, opensAfterMs = 0 } = findTool(workbench.tools, request.tool).manifest;
  const unending = new AbortController().signal;
  const plan = await withProgress(title, (signal) => workbench.client.call('plan', { request }, signal));
  if (!(await confirmed(plan))) return false;
  const session = workbench.freshSession({ ...request, input: plan.input }, { confirmed: true });
  const holder = session.hold(() => undefined, { visible: true, wants: { report: false, result: false } });
  try {
    const isShown = live && (await untilEndedOrShown(workbench, session, opensAfterMs));
    if (live) await untilEnded(session, unending);
    else await withProgress(title, (signal) => untilEnded(session, signal));
    const changes = await workbench.client.call('changes', { run: session.runId ?? 0 });
    const entries = await workbench.journal.add(request.machine, request.tool, changes, Date.now());
    workbench.carriedOut(request);
    if (!isShown) tell(workbench, session, entries);
    return session.shown.head?.status === 'ok';
  } finally {
    // The notification may still open the report: the run is kept as long as VS Code keeps that.
    setTimeout(() => holder.dispose(), 120_000).unref();
  }
}

/** Takes a change back, by the way that was noted when it was made. */
export async function undoChange(workbench: Workbench, entry: JournalEntry): Promise<void> {
  if (entry.undo === null || entry.undoneAtMs !== undefined) return;
  const { tool, input } = entry.undo;
  if (await runChange(workbench, { tool, input, machine: entry.machine })) {
    await workbench.journal.markUndone(entry.id, Date.now());
  }
}

async function confirmed(plan: Plan<unknown>): Promise<boolean> {
  const detail = plan.details.join('\n');
  const choice = await vscode.window.showWarningMessage(plan.question, { modal: true, detail }, plan.confirm);
  return choice === plan.confirm;
}

/** What is over soon is not worth a report of its own. Whether the report was opened. */
async function untilEndedOrShown(workbench: Workbench, session: Session, afterMs: number): Promise<boolean> {
  const ended = untilEnded(session, new AbortController().signal).then(() => true);
  const isOver = afterMs > 0 && (await Promise.race([ended, pause(afterMs, false)]));
  if (!isOver) workbench.openSession(session);
  return !isOver;
}

function untilEnded(session: Session, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => session.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const watcher = session.hold(() => look(), { visible: true, wants: { report: false, result: false } });
    let over = false;
    const look = (): void => {
      const { state } = session.shown;
      if (over || state === 'running' || state === 'live') return;
      over = true;
      signal.removeEventListener('abort', cancel);
      queueMicrotask(() => watcher.dispose());
      // A change that was cut off in the middle has still been made in part: that is told like any other.
      if (session.shown.head !== undefined || session.failure === undefined) resolve();
      else reject(session.failure);
    };
    look();
  });
}

/** A short word and the way back when all is well; the whole report when it is not. */
function tell(workbench: Workbench, session: Session, entries: readonly JournalEntry[]): void {
  const head = session.shown.head;
  if (head === undefined || head.status === 'error') return workbench.openSession(session);
  const undo = l10n.t('Undo');
  const details = l10n.t('Show Report');
  const undoable = entries.filter((entry) => entry.undo !== null);
  const buttons = undoable.length === 1 ? [undo, details] : [details];
  const show = head.status === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(head.verdict, ...buttons).then((choice) =>
    workbench.attempt(head.title, async () => {
      if (choice === details) workbench.openSession(session);
      if (choice === undo && undoable[0] !== undefined) await undoChange(workbench, undoable[0]);
    }),
  );
}
