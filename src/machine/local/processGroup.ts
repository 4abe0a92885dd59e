import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { settlesWithin } from '../../lib/deadline';
import { errnoOf } from './errors';

/** Where a process started with `detached` leads a process group of its own (setsid(2)). */
export const HAS_GROUPS = process.platform !== 'win32';

const TERM_WAIT_MS = 2_000;
const KILL_WAIT_MS = 1_000;
const MAX_PAUSE_MS = 200;
/** A look at all processes is worth it when a group has not gone within about as long. */
const LOOK_PAUSE_MS = 32;

/**
 * Ends a process and all that it has started: asks first, then forces, and waits for the end. What runs as another
 * user (sudo) may refuse; that is waited for and then left.
 */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (!HAS_GROUPS) return endTree(child, child.pid);
  signalGroup(child.pid, 'SIGTERM');
  if (await isGoneWithin(child.pid, TERM_WAIT_MS)) return;
  signalGroup(child.pid, 'SIGKILL');
  if (!(await isGoneWithin(child.pid, KILL_WAIT_MS))) child.unref();
}

/** Whether the group still has a member. Its number is not given to anybody else before it has none. */
function signalGroup(leaderPid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leaderPid, signal);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

/** Only the leader's end is told by an event; its descendants are not our children. */
async function isGoneWithin(leaderPid: number, waitMs: number): Promise<boolean> {
  const endMs = performance.now() + waitMs;
  for (let pauseMs = 1; performance.now() < endMs; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    if (!signalGroup(leaderPid, 0)) return true;
    if (pauseMs >= LOOK_PAUSE_MS && !(await hasLivingMember(leaderPid))) return true;
    await delay(pauseMs);
  }
  return !signalGroup(leaderPid, 0);
}

/**
 * Orphans that have ended stay members until process 1 fetches them, which in a container it may do late or never.
 * proc_pid_stat(5): after the name in parentheses come state, parent and process group.
 */
async function hasLivingMember(groupId: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(group) === groupId && state !== 'Z' && state !== 'X') return true;
  }
  return false;
}

/** Windows has no groups: taskkill walks the tree of parents, and what has lost its parent is not found. */
async function endTree(child: ChildProcess, pid: number): Promise<void> {
  const killer = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  // 'error' makes `once` reject, which settles it as well.
  await settlesWithin(once(killer, 'exit'), TERM_WAIT_MS);
  if (child.exitCode === null) child.kill();
}
