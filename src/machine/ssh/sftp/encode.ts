import { encodePath } from '../../../lib/bytePath';
import {
  ATTRIBUTE,
  extensionOf,
  OPERATIONS,
  PACKET,
  SFTP_VERSION,
  type ArgumentsOf,
  type Attributes,
  type FieldType,
  type FieldTypes,
  type Operation,
} from './protocol';

const LENGTH_BYTES = 4;
const TYPE_BYTES = 1;
const ID_BYTES = 4;
const HEAD_BYTES = LENGTH_BYTES + TYPE_BYTES + ID_BYTES;
/** Below that, a copy costs less than a write of its own. */
const APART_BYTES = 32_768;

/** The first packet (draft-02, 4): it has no id. */
export function encodeInit(): Buffer {
  const packet = Buffer.alloc(9);
  packet.writeUInt32BE(packet.length - LENGTH_BYTES, 0);
  packet.writeUInt8(PACKET.INIT, 4);
  packet.writeUInt32BE(SFTP_VERSION, 5);
  return packet;
}

/** A request with its length field. */
export interface RequestBytes {
  /** In memory of its own. */
  readonly packet: Buffer;
  /** What follows it: the content of a file, as it was given, which would be much to copy. */
  readonly content: Uint8Array | null;
}

export function encodeRequest<Name extends Operation>(
  operation: Name,
  id: number,
  given: ArgumentsOf<Name>,
): RequestBytes {
  const { type, fields } = OPERATIONS[operation];
  const parts: Uint8Array[] = [];
  const extension = extensionOf(operation);
  if (extension !== undefined) addString(parts, Buffer.from(extension, 'latin1'));
  const values: readonly unknown[] = given;
  fields.forEach((field: FieldType, index) => addField(parts, field, values[index]));
  const last = parts.at(-1);
  const content = last !== undefined && last.length >= APART_BYTES ? (parts.pop() ?? null) : null;
  const packet = Buffer.allocUnsafeSlow(parts.reduce((length, part) => length + part.length, HEAD_BYTES));
  packet.writeUInt32BE(packet.length + (content?.length ?? 0) - LENGTH_BYTES, 0);
  packet.writeUInt8(type, LENGTH_BYTES);
  packet.writeUInt32BE(id, LENGTH_BYTES + TYPE_BYTES);
  let at = HEAD_BYTES;
  for (const part of parts) {
    packet.set(part, at);
    at += part.length;
  }
  return { packet, content };
}

type Adders = { readonly [Type in FieldType]: (parts: Uint8Array[], value: FieldTypes[Type]) => void };

const ADD: Adders = {
  path: (parts, value) => addString(parts, encodePath(value)),
  handle: addString,
  data: addString,
  uint32: (parts, value) => parts.push(uint32(value)),
  uint64: (parts, value) => parts.push(uint64(value)),
  attributes: addAttributes,
};

/** The table of operations and the types of the arguments come from one place, so the value is of the field's type. */
function addField(parts: Uint8Array[], field: FieldType, value: unknown): void {
  const add = ADD[field] as (parts: Uint8Array[], value: unknown) => void;
  add(parts, value);
}

function addString(parts: Uint8Array[], bytes: Uint8Array): void {
  parts.push(uint32(bytes.length), bytes);
}

function addAttributes(parts: Uint8Array[], attributes: Attributes): void {
  const { sizeBytes, uid, gid, permissions, accessedSeconds, modifiedSeconds } = attributes;
  let flags = 0;
  const values: Uint8Array[] = [];
  if (sizeBytes !== undefined) {
    flags |= ATTRIBUTE.SIZE;
    values.push(uint64(sizeBytes));
  }
  if (uid !== undefined && gid !== undefined) {
    flags |= ATTRIBUTE.OWNER;
    values.push(uint32(uid), uint32(gid));
  }
  if (permissions !== undefined) {
    flags |= ATTRIBUTE.PERMISSIONS;
    values.push(uint32(permissions));
  }
  if (accessedSeconds !== undefined && modifiedSeconds !== undefined) {
    flags |= ATTRIBUTE.TIMES;
    values.push(uint32(accessedSeconds), uint32(modifiedSeconds));
  }
  parts.push(uint32(flags), ...values);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value), 0);
  return bytes;
}
