import * as z from 'zod';
import { quantity } from '../../fields';

export const OPEN_FILE_KINDS = [
  'file',
  'directory',
  'socket',
  'pipe',
  'device',
  'memory',
  'anonymous',
  'namespace',
  'unknown',
] as const;
export type OpenFileKind = (typeof OPEN_FILE_KINDS)[number];

export const heldLock = z.object({
  kind: z.enum(['flock', 'posix', 'ofd', 'lease', 'delegation', 'unknown']),
  access: z.enum(['read', 'write', 'read-write', 'none', 'unknown']),
  mandatory: z.boolean(),
  startByte: z.number().nonnegative(),
  endByte: z.number().nonnegative().nullable().describe('The last one; null is to the end, however far that moves.'),
  waiters: z.array(z.int().positive()).describe('Processes that wait for this lock.'),
});

/** A lock that the process does not get. */
export const awaitedLock = z.object({
  kind: z.enum(['flock', 'posix', 'ofd', 'lease', 'delegation', 'unknown']),
  access: z.enum(['read', 'write', 'read-write', 'none', 'unknown']),
  path: z.string().nullable().describe('Of the file, where the process has it open.'),
  heldBy: z.int().positive().nullable().describe('PID; null where an open file description holds it.'),
});
export type AwaitedLock = z.infer<typeof awaitedLock>;

export const peer = z.object({ pid: z.int().positive(), name: z.string() });
export type Peer = z.infer<typeof peer>;

const socketEnds = z.object({
  protocol: z.string().describe('tcp, tcp6, udp, unix stream …'),
  local: z.string().nullable().describe('Address and port, or the path of a UNIX socket.'),
  remote: z.string().nullable(),
  state: z.string().nullable(),
});

const anonymous = z.object({
  eventCount: z.number().nonnegative().nullable().describe('Counter of an eventfd.'),
  epollTargets: z.array(z.int()).describe('Descriptors that an epoll instance watches.'),
  watches: z.int().nonnegative().nullable().describe('Watches of an inotify instance, marks of a fanotify group.'),
  pid: z.int().nullable().describe('Process of a pidfd; -1 where it has ended.'),
  timerNextMs: quantity('A timerfd fires in so many milliseconds; 0: it is not set.'),
  timerIntervalMs: quantity('And then again after so many; 0: only once.'),
});

export const openFile = z.object({
  fd: z.int().nonnegative(),
  kind: z.enum(OPEN_FILE_KINDS).describe("'memory' is a memfd; 'anonymous' an eventfd, epoll and the like."),
  path: z.string().describe('Where the link of /proc/PID/fd leads, without its mark for deleted files.'),
  deleted: z.boolean().describe('Its name is gone: the space comes back when the last descriptor is closed.'),
  mode: z.enum(['read', 'write', 'read-write', 'path']).nullable(),
  flags: z.array(z.string()).describe('O_… of open(2), without the access mode.'),
  positionBytes: quantity('Where the next read or write is.'),
  sizeBytes: quantity('Of files and folders.'),
  device: z.string().nullable().describe('Major and minor number, such as 254:0.'),
  inode: z.string().nullable(),
  links: z.int().nonnegative().nullable().describe('Names that the file has; 0: none any more.'),
  locks: z.array(heldLock),
  socket: socketEnds.nullable(),
  anonymous: anonymous.nullable(),
  peers: z.array(peer).describe('Other processes that have the same pipe open.'),
});
export type OpenFile = z.infer<typeof openFile>;

/** `null` where it may not be seen. */
export const openFiles = z.object({
  total: z.int().nonnegative(),
  sockets: z.int().nonnegative(),
  pipes: z.int().nonnegative(),
  anonymous: z.int().nonnegative(),
  others: z.int().nonnegative().describe('Files, folders, devices.'),
  deleted: z.int().nonnegative(),
  deletedBytes: z.number().nonnegative().describe('Space that deleted files hold, each file counted once.'),
  list: z.array(openFile).describe('By descriptor, at most 2,000; deleted ones first to be kept.'),
});
export type OpenFiles = z.infer<typeof openFiles>;

export const connection = z.object({
  inode: z.string(),
  fds: z.array(z.int().nonnegative()),
  protocol: z.string().describe('tcp, tcp6, udp, udp6, raw, unix stream, unix datagram, netlink, packet …'),
  localAddress: z.string().nullable(),
  localPort: z.int().nonnegative().nullable(),
  remoteAddress: z.string().nullable(),
  remotePort: z.int().nonnegative().nullable(),
  path: z.string().nullable().describe('Of a UNIX socket; an abstract one begins with @.'),
  state: z.string().nullable(),
  receiveQueue: quantity('Bytes not read yet; of a listener, connections not accepted yet.'),
  sendQueue: quantity('Bytes not acknowledged yet.'),
});
export type Connection = z.infer<typeof connection>;
