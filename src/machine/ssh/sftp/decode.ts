import { type Cursor, MalformedPacket } from './cursor';
import {
  ATTRIBUTE,
  OPERATIONS,
  PACKET,
  STATUS,
  type Attributes,
  type NameEntry,
  type Operation,
  type ReplyType,
  type ReplyTypes,
} from './protocol';

/** draft-02, 7 limits it by no number; OpenSSH's is 256. */
const MAX_HANDLE_BYTES = 256;
/** A name takes at least two empty strings and the flags of its attributes. */
const MIN_NAME_BYTES = 12;

/** A reply that is no answer but says that there is none. */
export class SftpStatusError extends Error {
  override readonly name = 'SftpStatusError';

  constructor(
    /** SSH_FX_…, as in STATUS. */
    readonly status: number,
    /** In the server's words, untrusted. */
    readonly text: string,
  ) {
    super(`SFTP status ${status}: ${text}`);
  }
}

/** Which packet a reply of that kind is, and how its fields are read. */
const REPLIES: { readonly [Type in ReplyType]: { readonly packet: number; read(cursor: Cursor): ReplyTypes[Type] } } = {
  status: { packet: PACKET.STATUS, read: () => undefined },
  handle: { packet: PACKET.HANDLE, read: readHandle },
  data: { packet: PACKET.DATA, read: (cursor) => cursor.string() },
  names: { packet: PACKET.NAME, read: readNames },
  attributes: { packet: PACKET.ATTRS, read: readAttributes },
  numbers: { packet: PACKET.EXTENDED_REPLY, read: readNumbers },
};

/** The type byte and the id of a packet that the server sent. Throws MalformedPacket. */
export function readHead(cursor: Cursor): { readonly type: number; readonly id: number } {
  return { type: cursor.uint8(), id: cursor.uint32() };
}

/** What the server offers besides the draft, from its VERSION packet. Throws MalformedPacket. */
export function readVersion(cursor: Cursor): { readonly version: number; readonly extensions: Map<string, string> } {
  const version = cursor.uint32();
  const extensions = new Map<string, string>();
  while (cursor.remaining > 0) {
    const name = cursor.string().toString('latin1');
    extensions.set(name, cursor.string().toString('latin1'));
  }
  return { version, extensions };
}

/** The reply to the operation: its value, or the status that stands for none. Throws MalformedPacket. */
export function readReply(operation: Operation, type: number, cursor: Cursor): ReplyTypes[ReplyType] | SftpStatusError {
  const expected = REPLIES[OPERATIONS[operation].reply];
  if (type === PACKET.STATUS) {
    const status = cursor.uint32();
    if (status !== STATUS.OK) return statusError(status, cursor);
  }
  if (type !== expected.packet) throw new MalformedPacket(`packet ${type} does not answer ${operation}`);
  return expected.read(cursor);
}

/** Old servers leave the text out. */
function statusError(status: number, cursor: Cursor): SftpStatusError {
  return new SftpStatusError(status, cursor.remaining === 0 ? '' : cursor.string().toString('utf8'));
}

function readHandle(cursor: Cursor): Buffer {
  const handle = cursor.string();
  if (handle.length > MAX_HANDLE_BYTES) throw new MalformedPacket('a handle is too long');
  // Kept for as long as the file is open; the packet is not.
  return Buffer.from(handle);
}

function readNames(cursor: Cursor): readonly NameEntry[] {
  const count = cursor.uint32();
  if (count * MIN_NAME_BYTES > cursor.remaining) throw new MalformedPacket('a packet ends before its names do');
  const names: NameEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    names.push({ name: cursor.string(), longName: cursor.string(), attributes: readAttributes(cursor) });
  }
  return names;
}

function readAttributes(cursor: Cursor): Attributes {
  const flags = cursor.uint32();
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const attributes: Attributes = {
    ...(has(ATTRIBUTE.SIZE) ? { sizeBytes: sizeOf(cursor.uint64()) } : {}),
    ...(has(ATTRIBUTE.OWNER) ? { uid: cursor.uint32(), gid: cursor.uint32() } : {}),
    ...(has(ATTRIBUTE.PERMISSIONS) ? { permissions: cursor.uint32() } : {}),
    ...(has(ATTRIBUTE.TIMES) ? { accessedSeconds: cursor.uint32(), modifiedSeconds: cursor.uint32() } : {}),
  };
  if (has(ATTRIBUTE.EXTENDED)) skipExtended(cursor);
  return attributes;
}

function sizeOf(size: bigint): number {
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedPacket('a file is said to be longer than any can be');
  return Number(size);
}

function skipExtended(cursor: Cursor): void {
  const count = cursor.uint32();
  for (let index = 0; index < count; index += 1) {
    cursor.string();
    cursor.string();
  }
}

function readNumbers(cursor: Cursor): readonly bigint[] {
  const numbers: bigint[] = [];
  while (cursor.remaining > 0) numbers.push(cursor.uint64());
  return numbers;
}
