import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import { parseMappedFiles } from '../kernel/mapsPaths';
import { parseLinkTarget } from '../kernel/processArguments';
import { parseProcessIo, type ProcessIo } from '../kernel/processIo';
import { socketInode } from '../kernel/processSockets';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseProcessStatus, type ProcessStatus } from '../kernel/processStatus';
import { visitInSlices } from './slices';

/** Files of /proc/PID by their names. */
export type Part =
  'stat' | 'status' | 'statm' | 'io' | 'fd' | 'cmdline' | 'exe' | 'cwd' | 'cgroup' | 'oom_score' | 'oom_score_adj';

/** A text, a folder's names or a link's target, or why there is none; undefined where nothing was found. */
export type Content = string | FileFailure | undefined;

/**
 * What was read of one process, as text or parsed already. A class, so that thousands of them have one hidden shape.
 * Of all processes, the large texts are parsed as they come: kept until all are there, they would fill the memory.
 */
export class RawProcess {
  stat: Content | ProcessStat = undefined;
  status: Content | ProcessStatus = undefined;
  statm: Content = undefined;
  io: Content | ProcessIo = undefined;
  /** A folder's names, or its stat, or how many names it has. */
  fd: Content | number = undefined;
  cmdline: Content = undefined;
  exe: Content = undefined;
  cwd: Content = undefined;
  cgroup: Content = undefined;
  oom_score: Content = undefined;
  oom_score_adj: Content = undefined;
  /** Only where somebody asks who owns a port: its network namespace, and the inodes of its sockets. */
  netNamespace: Content = undefined;
  sockets: string[] | undefined = undefined;
  /** Only where somebody asks who uses a file. */
  usesFile = false;
}

export type RawProcesses = Map<number, RawProcess>;

const FOLDER = '/proc/';
const DIGIT_ZERO = 48;
const SLASH = 47;

/** Sorts what was read by process. */
export class Gatherer {
  readonly processes: RawProcesses = new Map();
  /** What belongs to no process. */
  readonly others = new Map<string, string | FileFailure>();

  /** `fileNames`: the names of the file whose users are asked for, or null. */
  constructor(private readonly fileNames: ReadonlySet<string> | null) {}

  /** Throws a CancelledError. */
  async take(texts: FileTexts, signal: AbortSignal): Promise<void> {
    await visitInSlices(texts, signal, ([path, content]) => this.takeOne(path, content));
  }

  /** A part that is small enough to be taken at once. `visit` is called for a process when the next one begins. */
  takePart(part: FileTexts, visit: (pid: number, process: RawProcess) => void): void {
    let [pid, process]: [number, RawProcess | undefined] = [0, undefined];
    for (const [path, content] of part) {
      const next = this.takeOne(path, content);
      if (next === pid) continue;
      if (process !== undefined) visit(pid, process);
      [pid, process] = [next, this.processes.get(next)];
    }
    if (process !== undefined) visit(pid, process);
  }

  /** The pid of the process that it belongs to; 0 where there is none. */
  private takeOne(path: string, content: string | FileFailure): number {
    let pid = 0;
    let at = path.startsWith(FOLDER) ? FOLDER.length : path.length;
    for (; at < path.length; at++) {
      const digit = path.charCodeAt(at) - DIGIT_ZERO;
      if (digit < 0 || digit > 9) break;
      pid = pid * 10 + digit;
    }
    if (at === FOLDER.length || path.charCodeAt(at) !== SLASH) {
      this.keepOther(path, content);
      return 0;
    }
    let process = this.processes.get(pid);
    if (process === undefined) {
      process = new RawProcess();
      this.processes.set(pid, process);
    }
    const part = path.slice(at + 1);
    if (isFailure(content)) keepFailure(process, part, content);
    else this.keep(process, part, content);
    return pid;
  }

  /** A batch that was given up has a failure for everything that was to be read. */
  private keepOther(path: string, content: string | FileFailure): void {
    if (!isFailure(content) || !this.others.has(path)) this.others.set(path, content);
  }

  private keep(process: RawProcess, part: string, text: string): void {
    switch (part) {
      case 'stat':
        process.stat = parseProcessStat(text) ?? undefined;
        return;
      case 'status':
        process.status = text === '' ? undefined : parseProcessStatus(text);
        return;
      case 'io':
        process.io = parseProcessIo(text) ?? undefined;
        return;
      case 'fd':
        process.fd = descriptorsOf(text);
        return;
      case 'exe':
      case 'cwd':
        process[part] = text;
        process.usesFile ||= this.leadsToFile(text);
        return;
      case 'statm':
      case 'cmdline':
      case 'cgroup':
      case 'oom_score':
      case 'oom_score_adj':
        process[part] = text;
        return;
      default:
        this.keepSearched(process, part, text);
    }
  }

  private keepSearched(process: RawProcess, part: string, text: string): void {
    if (part === 'ns/net') process.netNamespace = text;
    else if (part === 'maps') process.usesFile ||= this.isMapped(text);
    // The root of nearly every process is /, which does not make each one a user of it.
    else if (part === 'root') process.usesFile ||= text !== '/' && this.leadsToFile(text);
    else if (part.startsWith('fd/')) {
      const inode = socketInode(text);
      if (inode !== null) (process.sockets ??= []).push(inode);
      else process.usesFile ||= this.leadsToFile(text);
    }
  }

  private leadsToFile(target: string): boolean {
    return this.fileNames?.has(parseLinkTarget(target).path) === true;
  }

  private isMapped(maps: string): boolean {
    const { fileNames } = this;
    return fileNames !== null && parseMappedFiles(maps).some((file) => fileNames.has(file.path));
  }
}

/** Those that tell something: whether the process is there, and what may not be seen. */
function keepFailure(process: RawProcess, part: string, failure: FileFailure): void {
  if (part === 'status' || part === 'exe' || part === 'cwd' || part === 'io' || part === 'fd') process[part] = failure;
}

/** Either the names, joined by NUL, or the nine words of a folder's stat, whose size is their number since Linux 6.2. */
export function descriptorsOf(text: string): number {
  if (text === '') return 0;
  if (text.startsWith('d ')) return Number(text.split(' ', 3)[2]);
  let names = 1;
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at + 1)) names++;
  return names;
}
