import type { ProcessState } from '../processes/schema';
import { decodeBytes } from './bytes';

/** /proc/PID/stat or /proc/PID/task/TID/stat, see proc_pid_stat(5). Times are in clock ticks. */
export interface ProcessStat {
  readonly pid: number;
  /** The kernel's name, which a program may set: at most 15 bytes, more of a kernel thread's. It stands here unescaped. */
  readonly name: string;
  /** The same as it stands in the file, every character a byte: 15 bytes may end within a character. */
  readonly nameBytes: string;
  readonly state: ProcessState;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** Device number of the controlling terminal, 0 for none: see `terminalName`. */
  readonly terminal: number;
  /** PF_* of the kernel's sched.h. */
  readonly flags: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly userTicks: number;
  readonly systemTicks: number;
  readonly childrenUserTicks: number;
  readonly childrenSystemTicks: number;
  readonly priority: number;
  readonly nice: number;
  readonly threads: number;
  /** Since boot. */
  readonly startTicks: number;
  readonly virtualBytes: number;
  readonly residentPages: number;
  /** The CPU it last ran on. The rest is null where the kernel is too old for it (2.2.8, 2.5.19, 2.6.18). */
  readonly cpu: number | null;
  /** 1 to 99; 0 without a real-time policy. */
  readonly realtimePriority: number | null;
  /** SCHED_*: see `schedulingPolicyOf`. */
  readonly policy: number | null;
  readonly ioWaitTicks: number | null;
}

const PF_KTHREAD = 0x0020_0000;

const BLANK = 32;
const DIGIT_ZERO = 48;
const MINUS = 45;

/** Number of a field in the manual page; the first that is read as a number is the fourth. */
const FIRST = 4;
const LAST = 42;
/** Up to the resident set: less is no such file. */
const LEAST = 24;

/** null when the text is not of that form, or was cut before the resident set. `text`: every character is a byte. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  // The name may hold anything, also blanks and parentheses; what follows it is one letter and numbers.
  const close = text.lastIndexOf(')');
  if (open < 2 || close < open) return null;
  const pid = Number(text.slice(0, open - 1));
  const fields = numbersFrom(text, close + 4);
  if (fields.length <= LEAST - FIRST || !Number.isInteger(pid)) return null;
  const nameBytes = text.slice(open + 1, close);
  const field = (number: number): number => fields[number - FIRST] ?? 0;
  const optional = (number: number): number | null => fields[number - FIRST] ?? null;
  return {
    pid,
    name: decodeBytes(nameBytes),
    nameBytes,
    state: stateOf(text.charAt(close + 2)),
    parentPid: field(4),
    groupId: field(5),
    sessionId: field(6),
    terminal: field(7),
    flags: field(9),
    minorFaults: field(10),
    majorFaults: field(12),
    userTicks: field(14),
    systemTicks: field(15),
    childrenUserTicks: field(16),
    childrenSystemTicks: field(17),
    priority: field(18),
    nice: field(19),
    threads: field(20),
    startTicks: field(22),
    virtualBytes: field(23),
    residentPages: field(24),
    cpu: optional(39),
    realtimePriority: optional(40),
    policy: optional(41),
    ioWaitTicks: optional(42),
  };
}

/**
 * Made by the kernel itself. Before 2.6.27 it did not mark them: there they are kthreadd, pid 2, and its children, and
 * have no memory of their own. In a container, pid 2 is a process like any other.
 */
export function isKernelThread({ flags, pid, parentPid, virtualBytes, state }: ProcessStat): boolean {
  if ((flags & PF_KTHREAD) !== 0) return true;
  const byKthreadd = parentPid === 2 || (pid === 2 && parentPid === 0);
  return byKthreadd && virtualBytes === 0 && state !== 'zombie' && state !== 'dead';
}

/** Decimal numbers with one blank between them; ends at the last field that is wanted or at what is no number. */
function numbersFrom(text: string, start: number): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let digits = 0;
  let sign = 1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const digit = code - DIGIT_ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
    } else if (code === MINUS && digits === 0) {
      sign = -1;
    } else {
      // A number that ends with the text, not with a blank or a line feed, was cut.
      if (digits === 0) break;
      numbers.push(sign * value);
      if (code !== BLANK || numbers.length > LAST - FIRST) break;
      value = 0;
      digits = 0;
      sign = 1;
    }
  }
  return numbers;
}

function stateOf(letter: string): ProcessState {
  switch (letter) {
    case 'R':
      return 'running';
    case 'S':
      return 'sleeping';
    case 'D':
      return 'disk-sleep';
    case 'T':
      return 'stopped';
    case 't':
      return 'tracing-stop';
    case 'Z':
      return 'zombie';
    case 'X':
    case 'x':
      return 'dead';
    case 'K':
      return 'wake-kill';
    case 'W':
      return 'waking';
    case 'P':
      return 'parked';
    case 'I':
      return 'idle';
    default:
      return 'unknown';
  }
}

export type SchedulingPolicy = 'other' | 'fifo' | 'rr' | 'batch' | 'idle' | 'deadline' | 'unknown';

/** SCHED_* of the kernel's uapi/linux/sched.h, see sched(7); 4 was never used. */
export function schedulingPolicyOf(policy: number | null): SchedulingPolicy {
  switch (policy) {
    case 0:
      return 'other';
    case 1:
      return 'fifo';
    case 2:
      return 'rr';
    case 3:
      return 'batch';
    case 5:
      return 'idle';
    case 6:
      return 'deadline';
    default:
      return 'unknown';
  }
}
