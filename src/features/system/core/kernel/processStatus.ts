import { count } from './text';

export interface ProcessIds {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** What the list of processes takes from /proc/PID/status, see proc_pid_status(5); null for what is not in it. */
export interface ProcessStatus {
  readonly uids: ProcessIds | null;
  readonly gids: ProcessIds | null;
  /** null for kernel threads and zombies, and where the kernel (before 4.5) does not tell what is shared. */
  readonly memory: StatusMemory | null;
  readonly swapBytes: number | null;
  /** CPUs it may run on, as a list such as 0-3,8. */
  readonly affinity: string | null;
  readonly contextSwitches: { readonly voluntary: number; readonly involuntary: number } | null;
}

/** The same as in /proc/PID/statm, where the code of some static programs counts for more. */
export interface StatusMemory {
  readonly residentBytes: number;
  readonly sharedBytes: number;
  readonly textBytes: number;
  readonly dataBytes: number;
}

const BLANK = 32;
const TAB = 9;
const DIGIT_ZERO = 48;

/** One pass from top to bottom: the lines that are looked for stand in this order in every kernel. */
export function parseProcessStatus(text: string): ProcessStatus {
  const lines = new Lines(text);
  return {
    uids: idsOf(lines.value('\nUid:')),
    gids: idsOf(lines.value('\nGid:')),
    memory: memoryOf(lines),
    swapBytes: lines.bytes('\nVmSwap:'),
    affinity: lines.value('\nCpus_allowed_list:'),
    contextSwitches: switchesOf(lines),
  };
}

/** Finds lines by their names, which begin with the line feed before them; each search starts where the last one ended. */
class Lines {
  private at = 0;

  constructor(private readonly text: string) {}

  value(name: string): string | null {
    if (!this.find(name)) return null;
    const end = this.text.indexOf('\n', this.at);
    // Without a line feed the text was cut within the value.
    return end < 0 ? null : this.text.slice(this.skipBlanks(), end);
  }

  number(name: string): number | null {
    if (!this.find(name)) return null;
    let value = 0;
    const start = this.skipBlanks();
    let at = start;
    for (; at < this.text.length; at++) {
      const digit = this.text.charCodeAt(at) - DIGIT_ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return at === start || at === this.text.length ? null : value;
  }

  /** Of a value in kB, which are kibibytes. */
  bytes(name: string): number | null {
    const kibibytes = this.number(name);
    return kibibytes === null ? null : kibibytes * 1024;
  }

  private find(name: string): boolean {
    const found = this.text.indexOf(name, this.at);
    if (found >= 0) this.at = found + name.length;
    return found >= 0;
  }

  private skipBlanks(): number {
    let at = this.at;
    while (this.text.charCodeAt(at) === TAB || this.text.charCodeAt(at) === BLANK) at++;
    return at;
  }
}

/** Real, effective, saved, and that of the file system, which nobody asks for. */
function idsOf(value: string | null): ProcessIds | null {
  if (value === null) return null;
  const [realText, effectiveText, savedText] = value.split('\t', 3);
  const [real, effective, saved] = [count(realText), count(effectiveText), count(savedText)];
  return real === null || effective === null || saved === null ? null : { real, effective, saved };
}

function memoryOf(lines: Lines): StatusMemory | null {
  const residentBytes = lines.bytes('\nVmRSS:');
  if (residentBytes === null) return null;
  const fileBytes = lines.bytes('\nRssFile:');
  const sharedMemoryBytes = lines.bytes('\nRssShmem:');
  const dataBytes = lines.bytes('\nVmData:');
  const stackBytes = lines.bytes('\nVmStk:');
  const textBytes = lines.bytes('\nVmExe:');
  if (fileBytes === null || sharedMemoryBytes === null) return null;
  if (dataBytes === null || stackBytes === null || textBytes === null) return null;
  return { residentBytes, sharedBytes: fileBytes + sharedMemoryBytes, textBytes, dataBytes: dataBytes + stackBytes };
}

function switchesOf(lines: Lines): ProcessStatus['contextSwitches'] {
  const voluntary = lines.number('\nvoluntary_ctxt_switches:');
  const involuntary = lines.number('\nnonvoluntary_ctxt_switches:');
  return voluntary === null || involuntary === null ? null : { voluntary, involuntary };
}
