import { isFailure } from '../../../../machine/machine';
import { isKernelThread, type ProcessStat } from '../kernel/processStat';
import { parseArguments, parseLinkTarget, programName, type LinkTarget } from '../kernel/processArguments';
import { parseProcessCgroup, type ProcessGroups } from '../kernel/processCgroup';
import { decimal } from '../kernel/text';
import type { Content, RawProcess } from './rawProcess';
import type { Deniable } from './schema';

/** What changes when another program is run, and seldom otherwise: it is not read for every look. */
export interface FixedParts {
  readonly name: string;
  readonly commandLine: string[];
  readonly executable: LinkTarget | null;
  readonly workingFolder: LinkTarget | null;
  readonly denied: Deniable[];
}

/** What is seldom looked at: the first look goes without it. */
export interface RareParts {
  readonly groups: ProcessGroups;
  readonly oomScore: number | null;
  readonly oomScoreAdjust: number | null;
}

const NO_GROUPS: ProcessGroups = { path: null, container: null, unit: null };
export const NO_RARE_PARTS: RareParts = { groups: NO_GROUPS, oomScore: null, oomScoreAdjust: null };

/** Control groups come and go on hosts with containers. */
const MOST_GROUPS = 2_000;

/** Thousands of processes share some dozens of control groups: each text of /proc/PID/cgroup is parsed once. */
export class GroupsByText {
  private readonly known = new Map<string, ProcessGroups>();

  of(text: string): ProcessGroups {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    if (this.known.size >= MOST_GROUPS) this.known.clear();
    const groups = parseProcessCgroup(text);
    this.known.set(text, groups);
    return groups;
  }
}

/** Of the workers of a server there are hundreds, with one program, command line and folder: these are there once. */
export class ProgramsByText {
  private readonly known = new Map<string, FixedParts>();

  of(raw: RawProcess, stat: ProcessStat): FixedParts {
    const { cmdline, exe, cwd } = raw;
    if (typeof cmdline !== 'string' || typeof exe !== 'string' || typeof cwd !== 'string')
      return fixedPartsOf(raw, stat);
    const text = [stat.nameBytes, exe, cwd, cmdline].join('\n\0');
    let parts = this.known.get(text);
    if (parts === undefined) {
      parts = fixedPartsOf(raw, stat);
      this.known.set(text, parts);
    }
    return parts;
  }
}

export function fixedPartsOf(raw: RawProcess, stat: ProcessStat): FixedParts {
  const commandLine = typeof raw.cmdline === 'string' ? raw.cmdline : '';
  // A kernel thread has neither program nor folder, whoever asks.
  const none = isKernelThread(stat);
  return {
    name: programName(stat.nameBytes, commandLine),
    commandLine: parseArguments(commandLine),
    executable: none ? null : targetOf(raw.exe),
    workingFolder: none ? null : targetOf(raw.cwd),
    denied: none ? [] : (['exe', 'cwd'] as const).filter((part) => isDenied(raw[part])),
  };
}

export function rarePartsOf(raw: RawProcess, groups: GroupsByText): RareParts {
  return {
    groups: typeof raw.cgroup === 'string' ? groups.of(raw.cgroup) : NO_GROUPS,
    oomScore: numberOf(raw.oom_score),
    oomScoreAdjust: numberOf(raw.oom_score_adj),
  };
}

/** `content`: what was read, or what it was parsed into. */
export function isDenied(content: unknown): boolean {
  return isFailure(content) && content.code === 'denied';
}

function targetOf(content: Content): LinkTarget | null {
  return typeof content === 'string' ? parseLinkTarget(content) : null;
}

function numberOf(content: Content): number | null {
  return typeof content === 'string' ? decimal(content.trim()) : null;
}
