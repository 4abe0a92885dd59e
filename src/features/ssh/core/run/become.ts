import type { Platform } from '../../../../machine/machine';

export type BecomeMethod = 'sudo' | 'su' | 'doas';

/** How another user is become, for one start. */
export interface Become {
  readonly method: BecomeMethod;
  readonly user: string;
  /** Random: nothing that the program or a lecture writes is taken for a prompt. */
  readonly marker: string;
  /** Whether the program is to tell when it starts: what it reads must not come before, or it would be the password. */
  readonly announced: boolean;
  /** Without any prompt: sudo fails where a password is needed, and what runs can read standard input to its end. */
  readonly silent: boolean;
}

/** Follows the name of the user whose password is asked for; see sudo(8), -p and %p. */
export const PROMPT_END = ':opsdeck';
/** Written by the announced program itself, before anything else. */
export const START_END = ':started';

/** Tells that it starts and becomes the program: `$1` is what it says, the rest the program with its arguments. */
const ANNOUNCE = 'printf %s "$1" >&2; shift; exec "$@"';

/** The command that becomes the user and runs the program; arguments stay arguments on the way. */
export function becomeCommand(become: Become, command: readonly string[], platform: Platform): readonly string[] {
  const { method, user, marker } = become;
  const announced = ['-c', ANNOUNCE, 'sh', `${marker}${START_END}`, ...command];
  const program = become.announced ? ['sh', ...announced] : command;
  switch (method) {
    case 'sudo':
      return ['sudo', ...sudoOptions(become), '-u', user, '--', ...program];
    case 'su':
      // What follows the user goes to the shell (su(1)); on Linux that shell is chosen, elsewhere it is the user's own.
      return ['su', ...(platform === 'linux' ? ['-s', '/bin/sh'] : []), '--', user, ...announced];
    case 'doas':
      return ['doas', '-u', user, '--', ...program];
  }
}

/** A ticket of an earlier run is passed over (-k): it would leave the password to the program to read. */
function sudoOptions({ marker, announced, silent }: Become): readonly string[] {
  const prompt = ['-p', `${marker}%p${PROMPT_END}`];
  return silent ? ['-n', ...prompt] : announced ? ['-S', ...prompt] : ['-k', '-S', ...prompt];
}

/** Whether the method reads the password from a terminal and nothing else. */
export function needsTerminal(method: BecomeMethod): boolean {
  return method !== 'sudo';
}
