import { count } from './text';

/** A session of systemd-logind, see loginctl(1). */
export interface LogindSession {
  readonly id: string;
  readonly user: string;
  readonly terminal: string | null;
  readonly host: string | null;
  readonly sinceMs: number | null;
  readonly leaderPid: number | null;
  /** x11, wayland, tty, unspecified … */
  readonly type: string | null;
  /** user, greeter, lock-screen, background, manager … */
  readonly sessionClass: string | null;
  readonly idleSinceMs: number | null;
  readonly idle: boolean;
}

/** What is asked of `loginctl show-session`, with TZ=UTC: its times have names of zones that nobody can read back. */
export const SESSION_PROPERTIES = [
  'Id',
  'Name',
  'TTY',
  'Display',
  'RemoteHost',
  'Timestamp',
  'Leader',
  'Type',
  'Class',
  'IdleHint',
  'IdleSinceHint',
] as const;

/**
 * The ids of `loginctl list-sessions`: JSON since systemd 246, a table before, whatever was asked for. The table's
 * first column is the id; a heading and the line of the number of sessions are no ids.
 */
export function parseSessionIds(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return idsOfJson(trimmed);
  const ids = trimmed.split('\n').map((line) => /^\s*(\S+)\s+\d+\s+\S/.exec(line)?.[1]);
  return ids.filter((id) => id !== undefined).filter((id) => SESSION_ID.test(id));
}

const SESSION_ID = /^[A-Za-z0-9]+$/;

function idsOfJson(text: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((entry: unknown) => {
    const id: unknown = typeof entry === 'object' && entry !== null && 'session' in entry ? entry.session : undefined;
    return typeof id === 'string' && SESSION_ID.test(id) ? [id] : [];
  });
}

/** The blocks of `loginctl show-session ID …`, with an empty line between them. */
export function parseSessions(text: string): readonly LogindSession[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const session = sessionOf(block);
    return session === null ? [] : [session];
  });
}

function sessionOf(block: string): LogindSession | null {
  const values = new Map<string, string>();
  for (const line of block.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1).trim());
  }
  const id = values.get('Id');
  const user = values.get('Name');
  if (id === undefined || user === undefined || user === '') return null;
  const idle = values.get('IdleHint') === 'yes';
  return {
    id,
    user,
    terminal: values.get('TTY') || values.get('Display') || null,
    host: values.get('RemoteHost') || null,
    sinceMs: utcTime(values.get('Timestamp')),
    leaderPid: count(values.get('Leader')) || null,
    type: values.get('Type') || null,
    sessionClass: values.get('Class') || null,
    // Without the hint the time is that of the last change, not of idling.
    idleSinceMs: idle ? microsecondsOrTime(values.get('IdleSinceHint')) : null,
    idle,
  };
}

/** 'Mon 2026-11-23 10:11:12 UTC' as systemd prints it with TZ=UTC, also with a fraction; null for 'n/a' and others. */
export function utcTime(text: string | undefined): number | null {
  const found = /^(?:[A-Z][a-z]{2} )?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?) UTC$/.exec(text ?? '');
  if (found === null) return null;
  const time = Date.parse(`${found[1]}T${found[2]}Z`);
  return Number.isNaN(time) || time <= 0 ? null : time;
}

/** Old versions print the number of microseconds where newer ones print a time. */
function microsecondsOrTime(text: string | undefined): number | null {
  const microseconds = count(text);
  if (microseconds !== null) return microseconds === 0 ? null : Math.round(microseconds / 1000);
  return utcTime(text);
}
