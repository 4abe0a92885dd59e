import * as l10n from '@vscode/l10n';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { parseStatText } from '../kernel/statText';
import { pastSessions, type PastSession } from '../kernel/wtmp';
import type { UtmpRecord } from '../kernel/utmp';
import { readLastRecords } from './loginFiles';
import type { FailedLogin, PastLogin, UsersResult, UserSession } from './schema';

export const WTMP = '/var/log/wtmp';
export const BTMP = '/var/log/btmp';
/** Databases that take the place of wtmp where its 32-bit times are done away with, and who reads them. */
const SUCCESSORS = [
  ['/var/lib/wtmpdb/wtmp.db', 'wtmpdb last'],
  ['/var/lib/lastlog/lastlog2.db', 'lastlog2'],
] as const;
export const HISTORY_FILES = [WTMP, BTMP, ...SUCCESSORS.map(([path]) => path)] as const;

export interface HistoryWish {
  readonly user: string | null;
  readonly count: number;
}

type Logins = NonNullable<UsersResult['logins']>;
type FailedLogins = NonNullable<UsersResult['failedLogins']>;

/** `stats` holds the answers of readMany for HISTORY_FILES with what: 'stat'. */
export async function readLogins(
  machine: Machine,
  stats: FileTexts,
  wish: HistoryWish,
  signal: AbortSignal,
): Promise<{ readonly sessions: readonly PastSession[]; readonly record: Omit<Logins, 'entries'> }> {
  const size = sizeOf(stats, WTMP);
  if (typeof size === 'string') return { sessions: [], record: notThere(withSuccessor(size, stats)) };
  const wanted = (records: readonly UtmpRecord[]): readonly PastSession[] => matching(pastSessions(records), wish);
  const enough = (records: readonly UtmpRecord[]): boolean => wanted(records).length >= wish.count;
  const read = await readLastRecords(machine, WTMP, size, enough, signal);
  const sessions = wanted(read.records).slice(0, wish.count);
  const record = { unavailable: read.unavailable, complete: read.complete, beginsMs: beginning(read.records) };
  return { sessions, record };
}

export async function readFailedLogins(
  machine: Machine,
  stats: FileTexts,
  wish: HistoryWish,
  signal: AbortSignal,
): Promise<FailedLogins> {
  const size = sizeOf(stats, BTMP);
  if (typeof size === 'string') return { ...notThere(size), entries: [] };
  const enough = (records: readonly UtmpRecord[]): boolean => failures(records, wish).length >= wish.count;
  const read = await readLastRecords(machine, BTMP, size, enough, signal);
  return {
    unavailable: read.unavailable,
    complete: read.complete,
    beginsMs: beginning(read.records),
    entries: failures(read.records, wish).slice(0, wish.count),
  };
}

/** An open login goes on where its session is there; otherwise nothing recorded its end. So does the last boot. */
export function pastLogins(sessions: readonly PastSession[], current: readonly UserSession[]): PastLogin[] {
  return sessions.map((one) => {
    if (one.end !== 'open') return { ...one, end: one.end };
    const goesOn = one.kind === 'boot' || current.some((session) => !session.ended && isSame(session, one));
    return { ...one, end: goesOn ? 'still' : 'gone' };
  });
}

function isSame(session: UserSession, past: PastSession): boolean {
  if (session.user !== past.user || session.terminal !== past.terminal) return false;
  return session.pid === past.pid || session.sinceMs === past.fromMs;
}

function matching(sessions: readonly PastSession[], { user }: HistoryWish): readonly PastSession[] {
  return user === null ? sessions : sessions.filter((one) => one.user === user);
}

/** Newest first. sshd records a refusal as a waiting login, login(1) as a login. */
function failures(records: readonly UtmpRecord[], { user }: HistoryWish): FailedLogin[] {
  const found = records.flatMap((record): FailedLogin[] => {
    if (record.atMs === null || (record.kind !== 'login' && record.kind !== 'waiting')) return [];
    if (user !== null && record.user !== user) return [];
    return [{ user: record.user, terminal: record.terminal || null, host: record.host || null, atMs: record.atMs }];
  });
  return found.reverse();
}

function beginning(records: readonly UtmpRecord[]): number | null {
  return records.find((record) => record.atMs !== null)?.atMs ?? null;
}

/** In bytes, or why there is nothing to read. */
function sizeOf(stats: FileTexts, path: string): number | string {
  const content = stats.get(path);
  if (content !== undefined && !isFailure(content)) return parseStatText(content)?.sizeBytes ?? 0;
  return content === undefined || content.code === 'missing'
    ? l10n.t('there is no {0}', path)
    : l10n.t('{0}: {1}', path, content.message);
}

function withSuccessor(reason: string, stats: FileTexts): string {
  const successor = SUCCESSORS.find(([path]) => typeof stats.get(path) === 'string');
  return successor === undefined ? reason : l10n.t('{0}; this system keeps them in {1}: ask {2}', reason, ...successor);
}

function notThere(unavailable: string): Omit<Logins, 'entries'> {
  return { unavailable, complete: false, beginsMs: null };
}
