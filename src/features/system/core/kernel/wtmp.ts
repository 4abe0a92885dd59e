import type { UtmpRecord } from './utmp';

/** One login, boot or shutdown of the past, as last(1) tells it. */
export interface PastSession {
  readonly kind: 'login' | 'boot' | 'shutdown' | 'clock';
  /** Of a login. */
  readonly user: string | null;
  readonly terminal: string | null;
  /** Where from; of a boot the version of the kernel. */
  readonly host: string | null;
  readonly pid: number | null;
  readonly fromMs: number;
  /** null while it goes on, or where its end is not known. */
  readonly toMs: number | null;
  /**
   * How it ended. 'open': no record ends it. 'crash': the machine came up again without having been shut down.
   * 'none': shutdowns and clock changes are moments.
   */
  readonly end: 'logout' | 'shutdown' | 'crash' | 'open' | 'none';
}

/** What is known of the time after the record that is looked at, going from the end of the file to its beginning. */
interface Later {
  /** When the next record of a terminal was made: a logout, or the next login there. */
  readonly terminals: Map<string, number>;
  /** When the machine next went down, and how; null since the last boot. */
  down: { readonly atMs: number; readonly how: 'shutdown' | 'crash' } | null;
}

/** The records of wtmp, oldest first, as sessions, newest first. Records without a time are left out. */
export function pastSessions(records: readonly UtmpRecord[]): readonly PastSession[] {
  const later: Later = { terminals: new Map(), down: null };
  const sessions: PastSession[] = [];
  for (let index = records.length - 1; index >= 0; index--) {
    const record = records[index];
    const atMs = record?.atMs ?? null;
    if (record === undefined || atMs === null) continue;
    const session = sessionOf(record, atMs, later);
    if (session !== null) sessions.push(session);
  }
  return sessions;
}

function sessionOf(record: UtmpRecord, atMs: number, later: Later): PastSession | null {
  switch (record.kind) {
    case 'boot':
      return bootOf(record, atMs, later);
    case 'run-level':
      return record.user === 'shutdown' ? shutdownOf(atMs, later) : null;
    case 'login': {
      const session = loginOf(record, atMs, later);
      later.terminals.set(record.terminal, atMs);
      return session;
    }
    case 'logout':
      later.terminals.set(record.terminal, atMs);
      return null;
    case 'new-time':
      return { ...NOTHING, kind: 'clock', fromMs: atMs, end: 'none' };
    case 'empty':
    case 'old-time':
    case 'init':
    case 'waiting':
    case 'accounting':
      return null;
  }
}

const NOTHING = { user: null, terminal: null, host: null, pid: null, toMs: null } as const;

/** Whatever ran before a boot ended with it, unless a shutdown comes before it in the file. */
function bootOf(record: UtmpRecord, atMs: number, later: Later): PastSession {
  const { down } = later;
  later.terminals.clear();
  later.down = { atMs, how: 'crash' };
  const end = down === null ? 'open' : down.how;
  return { ...NOTHING, kind: 'boot', host: record.host || null, fromMs: atMs, toMs: down?.atMs ?? null, end };
}

function shutdownOf(atMs: number, later: Later): PastSession {
  later.terminals.clear();
  later.down = { atMs, how: 'shutdown' };
  return { ...NOTHING, kind: 'shutdown', fromMs: atMs, end: 'none' };
}

function loginOf(record: UtmpRecord, atMs: number, later: Later): PastSession {
  const { user, terminal, host, pid } = record;
  const leftAtMs = later.terminals.get(terminal);
  const known = { kind: 'login', user, terminal, host: host || null, pid, fromMs: atMs } as const;
  if (leftAtMs !== undefined) return { ...known, toMs: leftAtMs, end: 'logout' };
  if (later.down !== null) return { ...known, toMs: later.down.atMs, end: later.down.how };
  return { ...known, toMs: null, end: 'open' };
}
