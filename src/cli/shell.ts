import type { Person } from '../machine/person';
import type { ToolSource } from '../tool/registry';

/** The world as the command line sees it; a test gives its own. */
export interface Shell {
  readonly features: readonly ToolSource[];
  readonly language: string;
  readonly signal: AbortSignal;
  out(text: string): void;
  err(text: string): void;
  /** Whether a person reads the output as it comes. */
  readonly terminal: boolean;
  /** Puts a question to the person at the terminal; undefined where there is none. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Who can be asked for passwords and about keys of hosts; undefined where nobody is. */
  readonly person?: Person;
  /** Takes the place of the user's SSH configuration; null for that. */
  readonly sshConfigFile: string | null;
  /** Files that name hosts, beside the SSH configuration. */
  readonly inventoryFiles: readonly string[];
  /** The entry of threads in which tools compute; in this one where it is missing. */
  readonly computeFile?: string;
  /** Where recordings are kept. */
  readonly stateFolder: string;
}

/** 0: done and well; 1: done, and the verdict is negative; 2: it could not be done; 130: cancelled. */
export type ExitCode = 0 | 1 | 2 | 130;
