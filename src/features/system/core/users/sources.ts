import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { FileTexts, Machine } from '../../../../machine/machine';
import { parseSessionIds, parseSessions, SESSION_PROPERTIES, type LogindSession } from '../kernel/loginctl';
import { loginsOf, type LoggedIn, type UtmpRecord } from '../kernel/utmp';
import { UTMP_FILES, utmpOf } from './utmpFile';

/** A session as its source tells it. */
export interface SourceSession extends LoggedIn {
  readonly type: string | null;
  /** Idle since then, where the source itself tells. */
  readonly idleSinceMs: number | null;
}

export interface SessionsRead {
  readonly source: 'utmp' | 'loginctl' | null;
  readonly sessions: readonly SourceSession[];
  /** All records of utmp: boot, run level, login prompts. */
  readonly records: readonly UtmpRecord[];
  readonly unavailable: string | null;
}

const DEADLINE_MS = 5_000;
/** Classes of sessions that no person sits at. */
const NOBODY = new Set(['manager', 'manager-early', 'background', 'greeter', 'lock-screen']);

/**
 * From utmp(5), which `texts` holds the answers for; where the system keeps none (musl, newer distributions), from
 * systemd-logind in two round trips.
 */
export async function readSessions(machine: Machine, texts: FileTexts, signal: AbortSignal): Promise<SessionsRead> {
  const utmp = utmpOf(texts);
  if (utmp.kind === 'missing') return readLogind(machine, signal);
  if (utmp.kind === 'failed') return nothing(utmp.message);
  const logins = loginsOf(utmp.records);
  const sessions = logins.map((login) => ({ ...login, type: null, idleSinceMs: null }));
  return { source: 'utmp', sessions, records: utmp.records, unavailable: null };
}

async function readLogind(machine: Machine, signal: AbortSignal): Promise<SessionsRead> {
  const why = l10n.t(
    'This system keeps no list of logins: there is no {0}, and systemd-logind does not answer.',
    UTMP_FILES[0],
  );
  const list = await logind(machine, ['list-sessions', '-o', 'json'], signal);
  if (list === null) return nothing(why);
  const ids = parseSessionIds(list);
  if (ids.length === 0) return { source: 'loginctl', sessions: [], records: [], unavailable: null };
  const properties = SESSION_PROPERTIES.flatMap((name) => ['-p', name]);
  const shown = await logind(machine, ['show-session', ...ids, ...properties], signal);
  if (shown === null) return nothing(why);
  const sessions = parseSessions(shown).filter((one) => !NOBODY.has(one.sessionClass ?? ''));
  return { source: 'loginctl', sessions: sessions.map(sourceSession), records: [], unavailable: null };
}

function sourceSession(session: LogindSession): SourceSession {
  const { user, terminal, host, sinceMs, leaderPid, type, idleSinceMs } = session;
  return { user, terminal: terminal ?? '', host, sinceMs, pid: leaderPid, type, idleSinceMs };
}

/** null where there is no loginctl, or nothing that it could ask. */
async function logind(machine: Machine, words: readonly string[], signal: AbortSignal): Promise<string | null> {
  try {
    const env = { TZ: 'UTC', SYSTEMD_COLORS: '0' };
    const command = ['loginctl', '--no-pager', '--no-legend', ...words];
    const { exitCode, stdout } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS, env });
    return exitCode === 0 ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return null;
  }
}

function nothing(unavailable: string): SessionsRead {
  return { source: null, sessions: [], records: [], unavailable };
}
