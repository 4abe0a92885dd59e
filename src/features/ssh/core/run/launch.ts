import { splitWords } from '../../../../lib/commandWords';
import type { Platform, TerminalSize } from '../../../../machine/machine';
import { becomeCommand, needsTerminal, type Become, type BecomeMethod } from './become';
import { readEnvironment } from './environment';
import type { RunInput } from './inputs';
import { asArgument, fromInput } from './shells';

const TERMINAL_SIZE: TerminalSize = { columns: 120, rows: 40 };
/** Ends what is read from a terminal (termios(3), VEOF). */
const END_OF_INPUT = '\u0004';

/** What is to be started, once and for all attempts. */
export interface Launch {
  /** Without what is needed to become another user. */
  readonly command: readonly string[];
  /** '' for none. */
  readonly stdin: string;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly terminal: TerminalSize | undefined;
  readonly become: { readonly method: BecomeMethod; readonly user: string } | null;
}

export function launchOf(input: RunInput): Launch {
  const become = input.become === 'none' ? null : { method: input.become, user: input.becomeUser };
  const hasTerminal = input.terminal || (become !== null && needsTerminal(become.method));
  return {
    ...programOf(input, hasTerminal),
    cwd: input.cwd,
    env: readEnvironment(input.env ?? ''),
    terminal: hasTerminal ? TERMINAL_SIZE : undefined,
    become,
  };
}

function programOf(input: RunInput, hasTerminal: boolean): Pick<Launch, 'command' | 'stdin'> {
  const { script, shell } = input;
  if (script === undefined || script.trim() === '') {
    return { command: splitWords(input.command ?? ''), stdin: input.stdin ?? '' };
  }
  const text = script.replace(/\r\n/g, '\n').replace(/\n?$/, '\n');
  return hasTerminal ? { command: asArgument(shell, text), stdin: '' } : { command: fromInput(shell), stdin: text };
}

/** What the program is given to read; a terminal must be told where it ends. */
export function inputOf({ stdin, terminal }: Launch): string {
  if (terminal === undefined) return stdin;
  return stdin === '' || stdin.endsWith('\n') ? `${stdin}${END_OF_INPUT}` : `${stdin}\n${END_OF_INPUT}`;
}

/** As it is started; sudo and doas clear the environment, so what was given goes through env(1). */
export function commandOf(launch: Launch, become: Become | null, platform: Platform): readonly string[] {
  if (become === null) return launch.command;
  const variables = Object.entries(launch.env).map(([name, value]) => `${name}=${value}`);
  const needsEnv = become.method !== 'su' && variables.length > 0;
  return becomeCommand(become, needsEnv ? ['env', ...variables, ...launch.command] : launch.command, platform);
}
