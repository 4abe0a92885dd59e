import * as z from 'zod';
import { quantity } from '../fields';

export const USE_KINDS = ['fd', 'cwd', 'root', 'exe', 'map', 'socket'] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** Where the bytes of a file are: on a disk or a server, in a tmpfs, or in memory that no path leads to. */
export const MEDIA = ['disk', 'tmpfs', 'memory'] as const;
export type Medium = (typeof MEDIA)[number];

const holder = {
  pid: z.int().positive(),
  startTicks: z.number().nonnegative().describe('Clock ticks since boot; with the pid it tells the process for good.'),
  name: z.string(),
  user: z.string().nullable().describe('Name of the real user, the number where it has none; null where not asked.'),
};

export const fileUse = z
  .object({
    ...holder,
    how: z
      .enum(USE_KINDS)
      .describe(
        'fd: open; cwd: working folder; root: root folder; exe: its program; map: mapped into memory; socket: bound there.',
      ),
    fd: z.int().nonnegative().nullable().describe('File descriptor.'),
    path: z.string().describe('As the process has it; the name of another hard link may differ.'),
    deleted: z.boolean().describe('No name leads to the file any more.'),
    kind: z.string().nullable().describe('file, directory, fifo, socket, block or character; null where not known.'),
    mode: z
      .enum(['read', 'write', 'read-write', 'path'])
      .nullable()
      .describe('path: opened only to point at it (O_PATH). null where not known.'),
    flags: z.array(z.string()).describe('Of open(2), such as O_APPEND.'),
    positionBytes: quantity('Where it reads or writes next.'),
    sizeBytes: quantity('Size of the file.'),
    mappedBytes: quantity('How much of the address space shows it, for maps.'),
    permissions: z.string().nullable().describe('Of maps: rwx, and s where changes go to the file.'),
    device: z.string().nullable().describe('Major and minor number of the file system.'),
    inode: z.string().nullable(),
    locks: z
      .array(z.object({ kind: z.string(), access: z.string(), waiting: z.boolean() }))
      .describe('Held on the file, or waited for: posix, flock, ofd, lease.'),
    otherNamespace: z.boolean().describe('The process sees other mounts than Opsdeck, as in a container.'),
    matchedBy: z
      .enum(['inode', 'path'])
      .describe('inode: it is this very file. path: by its name, where its file system did not tell more.'),
  })
  .describe('One way in which a process uses what was asked for.');
export type FileUse = z.infer<typeof fileUse>;

export const deletedFile = z
  .object({
    path: z.string().describe('Its last name.'),
    device: z.string().nullable(),
    inode: z.string().nullable(),
    sizeBytes: quantity('Counted once however many hold it; null where it cannot be found out.'),
    medium: z
      .enum(MEDIA)
      .describe('disk: takes space there; tmpfs: takes memory; memory: shared memory, never on disk.'),
    mountPoint: z.string().nullable().describe('Of the file system that it is on.'),
    holders: z.array(
      z.object({
        ...holder,
        how: z.array(z.string()).describe('File descriptors as numbers, or cwd, exe, map.'),
      }),
    ),
  })
  .describe('A file that no name leads to and that is still open.');
export type DeletedFile = z.infer<typeof deletedFile>;

export const processFiles = z
  .object({
    ...holder,
    open: z.int().nonnegative().describe('File descriptors.'),
    files: z.int().nonnegative().describe('Of them: regular files, folders and devices.'),
    sockets: z.int().nonnegative(),
    pipes: z.int().nonnegative(),
    others: z.int().nonnegative().describe('eventfd, epoll, timers and the like.'),
    limit: quantity('Most that it may have (RLIMIT_NOFILE, soft); null where not asked or not limited.'),
    deletedBytes: quantity('Of deleted files that it holds.'),
  })
  .describe('What a process has open.');
export type ProcessFiles = z.infer<typeof processFiles>;

export const obstacle = z.object({
  kind: z.enum(['mount', 'swap', 'loop']).describe('Mounted below it; a swap file on it; a loop device backed by it.'),
  what: z.string(),
});
export type Obstacle = z.infer<typeof obstacle>;

export const filesTarget = z.object({
  asked: z.string(),
  path: z.string().describe('With symbolic links followed.'),
  kind: z.string().nullable().describe('null when nothing is there any more, or the file system did not answer.'),
  exists: z.boolean().nullable().describe('null when the file system did not answer.'),
  sizeBytes: quantity('Size.'),
  device: z.string().nullable(),
  inode: z.string().nullable(),
  hardLinks: z.int().nonnegative().nullable().describe('Names of the file.'),
  mountPoint: z.string().nullable(),
  fileSystemType: z.string().nullable(),
  source: z.string().nullable(),
});
export type FilesTarget = z.infer<typeof filesTarget>;

export const QUESTIONS = ['file', 'folder', 'mount', 'deleted', 'summary'] as const;

export const filesResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  question: z
    .enum(QUESTIONS)
    .describe('file: who uses exactly this; folder: and all below; mount: anything on that file system.'),
  target: filesTarget.nullable(),
  uses: z.array(fileUse),
  users: z
    .array(z.object({ ...holder, uses: z.int().positive(), otherNamespace: z.boolean() }))
    .describe('The processes among the uses, those with most uses first.'),
  obstacles: z.array(obstacle).describe('What else keeps a file system from being unmounted.'),
  deleted: z.array(deletedFile).describe('Largest first.'),
  deletedDiskBytes: z.number().nonnegative().describe('On disks: comes free when its processes end or close it.'),
  deletedMemoryBytes: z.number().nonnegative().describe('In tmpfs and shared memory.'),
  processes: z.array(processFiles).describe('Of the summary: those with most open files first.'),
  openFiles: quantity('Open files of the whole machine, as the kernel counts them.'),
  openFilesLimit: quantity('Most that the kernel allows.'),
  seen: z.object({
    processes: z.int().nonnegative().describe('All that were looked at.'),
    denied: z.int().nonnegative().describe('Of them, those whose files may only be seen by their owner or root.'),
  }),
  problems: z.array(z.string()),
});
export type FilesResult = z.infer<typeof filesResult>;
