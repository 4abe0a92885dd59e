/** Somebody who is logged in, see utmp(5). */
export interface LoggedIn {
  readonly user: string;
  /** Such as pts/0. */
  readonly terminal: string;
  /** Where from; null for a login at the machine itself. */
  readonly host: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly sinceMs: number | null;
  readonly pid: number | null;
}

/** ut_type of a login; the other records are boots, gettys and dead processes. */
const USER_PROCESS = 7;

/** glibc keeps 32-bit times on x86, 32-bit Arm, Power and s390; on 64-bit Arm and RISC-V the record is longer. */
interface Layout {
  readonly recordBytes: number;
  readonly secondsOffset: number;
}
const SHORT: Layout = { recordBytes: 384, secondsOffset: 340 };
const LONG: Layout = { recordBytes: 400, secondsOffset: 344 };

/** The logins in the bytes of /run/utmp. Never throws; a record that is cut short or no login is left out. */
export function parseUtmp(bytes: Uint8Array): readonly LoggedIn[] {
  const layout = bytes.length % SHORT.recordBytes !== 0 && bytes.length % LONG.recordBytes === 0 ? LONG : SHORT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const users: LoggedIn[] = [];
  for (let at = 0; at + layout.recordBytes <= bytes.length; at += layout.recordBytes) {
    if (view.getInt16(at, true) !== USER_PROCESS) continue;
    const user = textAt(bytes, at + 44, 32);
    if (user === '') continue;
    const seconds = view.getUint32(at + layout.secondsOffset, true);
    users.push({
      user,
      terminal: textAt(bytes, at + 8, 32),
      host: textAt(bytes, at + 76, 256) || null,
      sinceMs: seconds === 0 ? null : seconds * 1000,
      pid: view.getInt32(at + 4, true),
    });
  }
  return users;
}

/** Ends at the first zero byte; control characters, which would disturb a terminal, become question marks. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  const text = new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
  return text.replace(/\p{Cc}/gu, '?');
}
