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

/** ut_type of utmp(5), in its order. */
export const UTMP_KINDS = [
  'empty',
  'run-level',
  'boot',
  'new-time',
  'old-time',
  'init',
  'waiting',
  'login',
  'logout',
  'accounting',
] as const;
export type UtmpKind = (typeof UTMP_KINDS)[number];

/** One record of utmp, wtmp or btmp. */
export interface UtmpRecord {
  readonly kind: UtmpKind;
  readonly pid: number;
  readonly terminal: string;
  readonly user: string;
  /** The kernel's version in records of boots. */
  readonly host: string;
  /** Milliseconds since 1970 UTC; null where the record has no time. */
  readonly atMs: number | null;
}

/** How records lie in the file. */
export interface UtmpLayout {
  readonly recordBytes: number;
  readonly secondsOffset: number;
  readonly littleEndian: boolean;
}

/** glibc keeps 32-bit times on x86, 32-bit Arm, Power and s390 (the last with the high byte first). */
const SHORT: UtmpLayout = { recordBytes: 384, secondsOffset: 340, littleEndian: true };
const SHORT_BIG: UtmpLayout = { ...SHORT, littleEndian: false };
/** On 64-bit Arm, RISC-V and LoongArch session and time are 64-bit numbers. */
const LONG: UtmpLayout = { recordBytes: 400, secondsOffset: 344, littleEndian: true };
const LAYOUTS = [SHORT, LONG, SHORT_BIG] as const;

/** A tail of so many bytes, or a multiple, begins with a whole record whatever the layout (of 384 and 400 bytes). */
export const UTMP_ALIGNMENT = 9_600;

/** Of the records of /run/utmp those that are logins. */
export function loginsOf(records: readonly UtmpRecord[]): readonly LoggedIn[] {
  return records
    .filter((record) => record.kind === 'login')
    .map(({ user, terminal, host, atMs, pid }) => ({ user, terminal, host: host || null, sinceMs: atMs, pid }));
}

/**
 * All records in their order, which for wtmp and btmp is that of time. Never throws; a record that is cut short, of an
 * unknown kind, or a login without a name is left out.
 */
export function parseUtmpRecords(bytes: Uint8Array): readonly UtmpRecord[] {
  const layout = layoutOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: UtmpRecord[] = [];
  for (let at = 0; at + layout.recordBytes <= bytes.length; at += layout.recordBytes) {
    const record = recordAt(bytes, view, at, layout);
    if (record !== null && (record.kind !== 'login' || record.user !== '')) records.push(record);
  }
  return records;
}

/**
 * The file does not say which one it has. Its length tells most, and where that fits several, as 9,600 bytes do, the
 * kinds of the records: read with the wrong layout they are no kinds.
 */
export function layoutOf(bytes: Uint8Array): UtmpLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let best: UtmpLayout = SHORT;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const layout of LAYOUTS) {
    const score = plausibility(bytes, view, layout) + (bytes.length % layout.recordBytes === 0 ? 0.5 : 0);
    if (score > bestScore) [best, bestScore] = [layout, score];
  }
  return best;
}

/** The share of the first records that can be ones. */
function plausibility(bytes: Uint8Array, view: DataView, layout: UtmpLayout): number {
  const looked = Math.min(Math.floor(bytes.length / layout.recordBytes), 50);
  let good = 0;
  for (let index = 0; index < looked; index++) {
    const at = index * layout.recordBytes;
    const kind = view.getInt16(at, layout.littleEndian);
    const known = kind >= 0 && kind < UTMP_KINDS.length && (bytes[at + 2] ?? 1) === 0 && (bytes[at + 3] ?? 1) === 0;
    if (known) good++;
  }
  return looked === 0 ? 0 : good / looked;
}

function recordAt(bytes: Uint8Array, view: DataView, at: number, layout: UtmpLayout): UtmpRecord | null {
  const kind = UTMP_KINDS[view.getInt16(at, layout.littleEndian)];
  if (kind === undefined) return null;
  const timeAt = at + layout.secondsOffset;
  // Of a 64-bit time with the low half first, that half lasts until 2106.
  const seconds = view.getUint32(timeAt, layout.littleEndian);
  return {
    kind,
    pid: view.getInt32(at + 4, layout.littleEndian),
    terminal: textAt(bytes, at + 8, 32),
    user: textAt(bytes, at + 44, 32),
    host: textAt(bytes, at + 76, 256),
    atMs: seconds === 0 ? null : seconds * 1000,
  };
}

/** Ends at the first zero byte; control characters, which would disturb a terminal, become question marks. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  const text = new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
  return text.replace(/\p{Cc}/gu, '?');
}
