/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02) with what OpenSSH adds to it (the file PROTOCOL of its sources), as
 * tables: a field more or an operation more is a line more.
 */

export const SFTP_VERSION = 3;

/** The longest packet, its length field not counted; OpenSSH's own bound in both directions. */
export const MAX_PACKET_BYTES = 262_144;

/** draft-02, 3. */
export const PACKET = {
  INIT: 1,
  VERSION: 2,
  STATUS: 101,
  HANDLE: 102,
  DATA: 103,
  NAME: 104,
  ATTRS: 105,
  EXTENDED: 200,
  EXTENDED_REPLY: 201,
} as const;

/** draft-02, 7. What has a higher number comes from later drafts; some servers of version 3 send it all the same. */
export const STATUS = {
  OK: 0,
  EOF: 1,
  NO_SUCH_FILE: 2,
  PERMISSION_DENIED: 3,
  FAILURE: 4,
  BAD_MESSAGE: 5,
  NO_CONNECTION: 6,
  CONNECTION_LOST: 7,
  OP_UNSUPPORTED: 8,
  FILE_ALREADY_EXISTS: 11,
  WRITE_PROTECT: 12,
  NO_SPACE_ON_FILESYSTEM: 14,
  QUOTA_EXCEEDED: 15,
  DIR_NOT_EMPTY: 18,
  NOT_A_DIRECTORY: 19,
  INVALID_FILENAME: 20,
  FILE_IS_A_DIRECTORY: 24,
} as const;

/** draft-02, 6.3. */
export const OPEN = { READ: 0x01, WRITE: 0x02, APPEND: 0x04, CREATE: 0x08, TRUNCATE: 0x10, EXCLUSIVE: 0x20 } as const;

/** draft-02, 5: which of the attributes are there. */
export const ATTRIBUTE = { SIZE: 0x01, OWNER: 0x02, PERMISSIONS: 0x04, TIMES: 0x08, EXTENDED: 0x8000_0000 } as const;

/** Attributes of a file; what is not there was not told, or is not to be changed. */
export interface Attributes {
  readonly sizeBytes?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** st_mode: permission bits, and with most servers the kind. */
  readonly permissions?: number;
  /** Seconds since 1970, unsigned 32 bits. */
  readonly accessedSeconds?: number;
  readonly modifiedSeconds?: number;
}

/** One entry of a folder. */
export interface NameEntry {
  readonly name: Buffer;
  /** A line like that of `ls -l`. */
  readonly longName: Buffer;
  readonly attributes: Attributes;
}

/** How a field of a request is given. */
export interface FieldTypes {
  readonly path: string;
  readonly handle: Buffer;
  readonly data: Uint8Array;
  readonly uint32: number;
  /** Up to 2^53 - 1. */
  readonly uint64: number;
  readonly attributes: Attributes;
}
export type FieldType = keyof FieldTypes;

/** What the reply to a request is. `status` has nothing in it: all but OK is thrown as SftpStatusError. */
export interface ReplyTypes {
  readonly status: undefined;
  readonly handle: Buffer;
  /** In parts, as they came. */
  readonly data: Buffer;
  readonly names: readonly NameEntry[];
  readonly attributes: Attributes;
  /** The fields of an extended reply, each an unsigned 64-bit number. */
  readonly numbers: readonly bigint[];
}
export type ReplyType = keyof ReplyTypes;

interface OperationShape {
  readonly type: number;
  /** Of an extended request, and of the VERSION packet that offers it. */
  readonly extension?: string;
  readonly fields: readonly FieldType[];
  readonly reply: ReplyType;
}

/** Every request that is made: its type byte, its fields in order after the id, and what answers it. */
export const OPERATIONS = {
  open: { type: 3, fields: ['path', 'uint32', 'attributes'], reply: 'handle' },
  close: { type: 4, fields: ['handle'], reply: 'status' },
  /** Offset, length. */
  read: { type: 5, fields: ['handle', 'uint64', 'uint32'], reply: 'data' },
  write: { type: 6, fields: ['handle', 'uint64', 'data'], reply: 'status' },
  lstat: { type: 7, fields: ['path'], reply: 'attributes' },
  fstat: { type: 8, fields: ['handle'], reply: 'attributes' },
  setstat: { type: 9, fields: ['path', 'attributes'], reply: 'status' },
  fsetstat: { type: 10, fields: ['handle', 'attributes'], reply: 'status' },
  opendir: { type: 11, fields: ['path'], reply: 'handle' },
  readdir: { type: 12, fields: ['handle'], reply: 'names' },
  remove: { type: 13, fields: ['path'], reply: 'status' },
  mkdir: { type: 14, fields: ['path', 'attributes'], reply: 'status' },
  rmdir: { type: 15, fields: ['path'], reply: 'status' },
  realpath: { type: 16, fields: ['path'], reply: 'names' },
  stat: { type: 17, fields: ['path'], reply: 'attributes' },
  rename: { type: 18, fields: ['path', 'path'], reply: 'status' },
  readlink: { type: 19, fields: ['path'], reply: 'names' },
  /** Target first, then the link: as OpenSSH has it, against the draft, and so nearly everybody. */
  symlink: { type: 20, fields: ['path', 'path'], reply: 'status' },
  posixRename: extended('posix-rename@openssh.com', ['path', 'path'], 'status'),
  /** Old path, new path. */
  hardlink: extended('hardlink@openssh.com', ['path', 'path'], 'status'),
  fsync: extended('fsync@openssh.com', ['handle'], 'status'),
  lsetstat: extended('lsetstat@openssh.com', ['path', 'attributes'], 'status'),
  /** bsize, frsize, blocks, bfree, bavail, files, ffree, favail, fsid, flag, namemax. */
  statvfs: extended('statvfs@openssh.com', ['path'], 'numbers'),
  /** Packet, read, write, open handles; 0 for unknown. */
  limits: extended('limits@openssh.com', [], 'numbers'),
  expandPath: extended('expand-path@openssh.com', ['path'], 'names'),
  /** User name; '' for oneself. */
  homeDirectory: extended('home-directory', ['path'], 'names'),
} as const satisfies Readonly<Record<string, OperationShape>>;

export type Operation = keyof typeof OPERATIONS;
export type ArgumentsOf<Name extends Operation> = Given<(typeof OPERATIONS)[Name]['fields']>;
export type ReplyOf<Name extends Operation> = ReplyTypes[(typeof OPERATIONS)[Name]['reply']];

type Given<Fields extends readonly FieldType[]> = { readonly [Index in keyof Fields]: FieldTypes[Fields[Index]] };

function extended<const Fields extends readonly FieldType[], Reply extends ReplyType>(
  extension: string,
  fields: Fields,
  reply: Reply,
): { readonly type: 200; readonly extension: string; readonly fields: Fields; readonly reply: Reply } {
  return { type: PACKET.EXTENDED, extension, fields, reply };
}

/** The name under which the server offers an operation; undefined for what every server has. */
export function extensionOf(operation: Operation): string | undefined {
  const shape: OperationShape = OPERATIONS[operation];
  return shape.extension;
}
