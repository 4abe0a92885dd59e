import type { Duplex, Readable, Writable } from 'node:stream';
import type { ChunkPool } from '../lib/chunkPool';

/*
 * Paths and names: text stands for its bytes in UTF-8. A byte that is no UTF-8 stands as the lone surrogate U+DC80 to
 * U+DCFF (as in Python's PEP 383), so that every name comes back as it was; see lib/bytePath.ts. On Windows names are
 * taken as they are. `readMany` has a way of its own, see ReadManyOptions.
 */

/** Where a tool runs. Tools reach files, programs and sockets only through it, so every tool works on every machine. */
export interface Machine {
  /** 'local', or the alias of the host. */
  readonly name: string;
  /** Found once, when the machine is opened. */
  readonly platform: Platform;
  /** The process there in which Opsdeck runs, or that serves it; null where there is none. It must not end itself. */
  readonly ownPid: number | null;
  readonly files: MachineFiles;
  /** Runs a program with an argument list; never a shell line. A non-zero exit code is a result, not an error. */
  exec(command: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** As exec, but its output comes as it is written, and it may have a terminal. It ends when the signal fires. */
  start(command: readonly string[], options: StartOptions): Promise<RunningCommand>;
  /** A TCP connection as seen from that machine. */
  connect(address: Address, signal: AbortSignal): Promise<Duplex>;
  readonly processes: MachineProcesses;
}

/** What can be done to a process at once and without a program. Throws ExpectedError: 'missing', 'denied', 'invalid-input'. */
export interface MachineProcesses {
  /** kill(2); a negative pid is a process group. Signals by their number on that machine. */
  signal(pid: number, signalNumber: number, signal: AbortSignal): Promise<void>;
  /** setpriority(2) for one process: -20 (first served) to 19. */
  setNice(pid: number, nice: number, signal: AbortSignal): Promise<void>;
}

export type Platform = 'linux' | 'darwin' | 'win32' | 'freebsd' | 'other';

export interface MachineFiles {
  /** Entries of a folder, in no particular order, without '.' and '..'. Throws ExpectedError. */
  list(path: string, signal: AbortSignal): Promise<readonly DirectoryEntry[]>;
  /** Follows no symbolic link. Throws ExpectedError. */
  stat(path: string, signal: AbortSignal): Promise<FileStat>;
  /** The absolute path without symbolic links; '' and '.' are the home folder. Throws ExpectedError. */
  resolve(path: string, signal: AbortSignal): Promise<string>;
  /** Where a symbolic link leads, unresolved. Throws ExpectedError. */
  readLink(path: string, signal: AbortSignal): Promise<string>;
  /** The whole content. Throws ExpectedError, also when it is longer than maxBytes (default 64 MiB). */
  read(path: string, options: ReadOptions): Promise<Uint8Array>;
  /**
   * Many small files in one round trip: the way to read /proc and /sys. A path may hold `*` and `[0-9]` within a
   * segment (`/sys/class/hwmon/*` + `/temp*_input`, `/proc/[0-9]*` + `/stat`); a pattern that matches nothing adds
   * nothing. What cannot be read is a value in the answer, never a failure of the batch. One batch lists a folder
   * that several patterns name only once, so all of them see the same processes.
   */
  readMany(items: readonly ReadItem[], options: ReadManyOptions): Promise<FileTexts>;
  /** The content as it comes. Errors are emitted by the stream as ExpectedError. */
  stream(path: string, options: StreamOptions): Promise<Readable>;
  /**
   * Writes a file as its bytes come, in place and from `start` on; what lies beyond the end stays unless `truncate`.
   * 'finish' is emitted when all is written, errors as ExpectedError ('disk-full' where that is why).
   */
  writeStream(path: string, options: WriteStreamOptions): Promise<Writable>;
  /** Writes to a temporary file beside the target and renames it, so a reader never sees half a file. */
  write(path: string, content: Uint8Array, options: WriteOptions): Promise<void>;
  /** Throws ExpectedError, 'exists' where there is something of that name. */
  makeFolder(path: string, signal: AbortSignal): Promise<void>;
  /** Throws ExpectedError, 'exists' where there is something of that name. */
  makeLink(path: string, target: string, signal: AbortSignal): Promise<void>;
  /**
   * Gives a file a second name on the same file system (link(2)). Throws ExpectedError: 'exists' where there is
   * something of that name, any other where the machine or the file system has no second names.
   */
  hardLink(path: string, to: string, signal: AbortSignal): Promise<void>;
  /** Throws ExpectedError; what has the new name already is replaced only with `overwrite` ('exists' without). */
  rename(from: string, to: string, options: RenameOptions): Promise<void>;
  /** A file, a link or an empty folder ('not-empty'). Throws ExpectedError. */
  remove(path: string, signal: AbortSignal): Promise<void>;
  /** Owner, permission bits and time of modification, in this order; of what a symbolic link leads to. Throws ExpectedError. */
  change(path: string, change: FileChange, signal: AbortSignal): Promise<void>;
  /**
   * Space and inodes of the file systems mounted at these paths (statfs). Each path has the deadline for itself:
   * a dead network mount costs its own row only.
   */
  usage(mountPoints: readonly string[], options: UsageOptions): Promise<ReadonlyMap<string, Usage | FileFailure>>;
  /**
   * All that lies below a folder, folder by folder in no particular order; the entries of a folder come together. No
   * symbolic link is followed, so nothing is come to twice. What cannot be read is a value in its place. What is not
   * asked for is not read: who asks slowly holds it up. Throws ExpectedError where the root itself cannot be listed,
   * and CancelledError.
   */
  walk(root: string, options: WalkOptions): AsyncIterable<WalkBatch>;
  /**
   * SHA-256 of files that are known to be regular, by their paths below a folder, which may still be coming: who waits
   * for hashes before it tells more paths has to bear with five thousand on their way. Batches come in no particular order. Throws ExpectedError where nothing can be read at all (the connection is lost), CancelledError.
   */
  hashMany(
    root: string,
    paths: readonly string[] | AsyncIterable<readonly string[]>,
    options: ContentOptions,
  ): AsyncIterable<HashBatch>;
  /** Whether files that are known to be regular have the same bytes, pair by pair below two folders of this machine. */
  compareMany(
    roots: PathPair,
    paths: readonly (string | PathPair)[],
    options: ContentOptions,
  ): AsyncIterable<CompareBatch>;
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** 'kinds' costs less: `stat` is null then where a machine has to look at each entry for it. Default 'stat'. */
  readonly detail?: 'kinds' | 'stat';
  /** Folders of these names are told, but not entered. */
  readonly skipNames?: readonly string[];
  /** Folders on which another file system is mounted are told, but not entered. SFTP cannot tell, and enters them. */
  readonly oneFileSystem?: boolean;
  /** How deep the folders lie that are listed; 0 is the root alone. Default: all. */
  readonly maxDepth?: number;
}

/**
 * By what trees are read: 'threads' of this machine; over there `find -printf`, or find with stat(1); 'sftp', where
 * each folder is asked for; a program that hashes; or 'read', where the content itself comes over.
 */
export type TreeWay = 'threads' | 'find' | 'stat' | 'sftp' | 'program' | 'read';

export interface WalkBatch {
  readonly way: TreeWay;
  /** What came and went over the network for it. */
  readonly movedBytes: number;
  readonly folders: readonly FolderListing[];
}

export interface FolderListing {
  /** Below the root, with '/' between names; '' for the root. */
  readonly path: string;
  readonly entries: readonly WalkEntry[];
  /** Why it could not be listed, or not to its end. */
  readonly failure: FileFailure | null;
}

export interface WalkEntry {
  readonly name: string;
  readonly kind: FileKind;
  readonly stat: EntryStat | null;
  /** Of a symbolic link, unresolved; null also where it could not be read. */
  readonly linkTarget: string | null;
  /** Why nothing but the name is known. */
  readonly failure: FileFailure | null;
}

/** Of the entry itself, not of what a link leads to. Ways 'stat' and 'sftp' have whole seconds. */
export type EntryStat = Pick<FileStat, 'sizeBytes' | 'mode' | 'modifiedMs' | 'uid' | 'gid'>;

export interface ContentOptions {
  readonly signal: AbortSignal;
  /** Of the files that are asked for and not answered, where it is known: deadlines are made of it. */
  readonly pendingBytes?: () => number;
  /** Told now and then what has been read since, also in the middle of a file where that is known. */
  readonly onRead?: (bytes: number) => void;
}

export interface HashBatch {
  readonly way: TreeWay;
  readonly movedBytes: number;
  readonly hashes: readonly { readonly path: string; readonly outcome: HashOutcome }[];
}

export type HashOutcome = { readonly kind: 'hash'; readonly sha256: string } | FileFailure;

export interface PathPair {
  readonly left: string;
  readonly right: string;
}

export interface CompareBatch {
  readonly way: TreeWay;
  readonly movedBytes: number;
  /** Those that are the same. */
  readonly same: number;
  /** The others; `index` is that of the pair. */
  readonly others: readonly { readonly index: number; readonly outcome: Difference }[];
}

export type Difference =
  /** The first byte that is not the same, from 0; null where only hashes or sizes were compared. */
  | { readonly kind: 'differs'; readonly offset: number | null }
  | { readonly kind: 'unreadable'; readonly side: 'left' | 'right'; readonly failure: FileFailure };

/** The verbs of one path. */
export type PathVerbs = Omit<MachineFiles, 'readMany' | 'usage' | 'walk' | 'hashMany' | 'compareMany'>;

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileKind;
  /** As `stat` tells it, where the machine tells it with the list: who needs it need not ask then. */
  readonly stat?: FileStat;
}

export type FileKind = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'block' | 'character' | 'unknown';

export interface FileStat {
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly modifiedMs: number;
  readonly uid: number;
  readonly gid: number;
}

/** A path whose text is wanted, or something else about it. */
export type ReadItem = string | { readonly path: string; readonly what: ReadWhat };

/**
 * What is read of a path, and how it stands in the answer:
 * - `link`: the target of a symbolic link, unresolved (readlink(2));
 * - `names`: the names within a folder, joined by NUL;
 * - `links`: as `names`, and for each name `folder/name` → its target; where one is denied all are, and the others may
 *   be missing;
 * - `stat`: what a link leads to (stat(2)), as nine words: kind letter as in find -printf %y (f d l p s b c, or ?),
 *   octal permission bits, size in bytes, device as major:minor, inode, number of links, uid, gid, modification time
 *   in seconds. Of a deleted file under /proc/PID/fd it still tells.
 */
export type ReadWhat = 'link' | 'names' | 'links' | 'stat';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Per file. readMany cuts there (default 4 MiB), read refuses. */
  readonly maxBytes?: number;
}

export interface ReadManyOptions extends ReadOptions {
  /**
   * 'utf8' (default): bytes that are not UTF-8 become U+FFFD. 'bytes': every character is one byte (0 to 255), so that
   * nothing is lost of names that are no UTF-8. Holds for texts, names and link targets, and for the paths of the items
   * as of the answer: a path of one answer can be asked for in the next.
   */
  readonly encoding?: 'utf8' | 'bytes';
  /**
   * May be called with parts of the answer as they come, so that what is read of thousands of files need not be in
   * memory all at once: what came so is not in the answer then, unless as a failure. A part is empty after the call.
   * What comes twice counts the second time.
   */
  readonly onPart?: (part: FileTexts) => void;
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  /** The first byte; default 0. */
  readonly start?: number;
  /** Where the memory of the chunks may be taken from, for who gives it back. */
  readonly pool?: ChunkPool;
}

export interface WriteStreamOptions {
  readonly signal: AbortSignal;
  /** The first byte to write; default 0. */
  readonly start?: number;
  /** Empties an existing file first. */
  readonly truncate?: boolean;
  /** Permission bits of a new file. Default 0o644. */
  readonly mode?: number;
  /** May be told of a chunk when nothing of it is needed any more. */
  readonly onWritten?: (chunk: Uint8Array) => void;
}

export interface RenameOptions {
  readonly signal: AbortSignal;
  readonly overwrite?: boolean;
}

export interface FileChange {
  /** Permission bits, such as 0o644. */
  readonly mode?: number;
  readonly modifiedMs?: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Permission bits of a new file; an existing file keeps its own. Default 0o644. */
  readonly mode?: number;
}

export interface UsageOptions {
  readonly signal: AbortSignal;
  /** Per path; default 2,000. */
  readonly deadlineMs?: number;
}

/** statfs(2), in bytes. `availableBytes` is what an unprivileged user may still write. */
export interface Usage {
  readonly kind: 'usage';
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly availableBytes: number;
  readonly inodes: number;
  readonly inodesFree: number;
}

/**
 * The answer of readMany, in no particular order: path → text or why there is none. What several items want of one
 * path is told for the first of them. A text is made when it is asked for, each time anew: ask once.
 */
export interface FileTexts extends ReadonlyMap<string, string | FileFailure> {
  /** Gives back the memory of a large answer for the next one; there is nothing in it any more. Need not be called. */
  release?(): void;
}

export interface FileFailure {
  readonly kind: 'failure';
  readonly code: 'missing' | 'denied' | 'timed-out' | 'failed';
  /** For a person: 'permission denied'. */
  readonly message: string;
}

export interface ExecOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the process (and its group) is ended. Default 60,000. */
  readonly deadlineMs?: number;
  readonly cwd?: string;
  /** Added to the machine's environment. LC_ALL=C is set unless given here. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array | string;
  /** Each of stdout and stderr; what comes beyond is dropped and `truncated` is set. Default 16 MiB. */
  readonly maxBytes?: number;
}

export interface ExecResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly truncated: boolean;
}

export interface StartOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  /** Added to the machine's environment; nothing is set by itself. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gives it a terminal of that size: stdout and stderr are one then, and it is told when its terminal goes away. */
  readonly terminal?: TerminalSize;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A program at work. Nobody reads: it is held up (back-pressure), nothing is lost. */
export interface RunningCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Ends at once where there is a terminal. */
  readonly stderr: Readable;
  /** When it has ended and its output is read; rejects with ExpectedError when the connection is lost, or CancelledError. */
  readonly ended: Promise<ExitStatus>;
  resize(size: TerminalSize): void;
  /** 'TERM', 'INT' …: to the program and what it started. */
  signal(name: string): Promise<void>;
}

export interface ExitStatus {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  /** 'TERM' …, without SIG. */
  readonly signal: string | null;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export function isFailure(value: unknown): value is FileFailure {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'failure';
}
