/** What can run a script. */
export const SHELLS = ['sh', 'bash', 'zsh', 'dash', 'python3', 'perl', 'ruby', 'node'] as const;
export type Shell = (typeof SHELLS)[number];

/** To read the script from standard input, as sh(1) -s and python3(1) - do. */
export function fromInput(shell: Shell): readonly string[] {
  return [shell, isPosix(shell) ? '-s' : '-'];
}

/** With the script as an argument, for where standard input is a terminal. Others on that machine can read it. */
export function asArgument(shell: Shell, script: string): readonly string[] {
  return [shell, isPosix(shell) || shell === 'python3' ? '-c' : '-e', script];
}

function isPosix(shell: Shell): boolean {
  return shell === 'sh' || shell === 'bash' || shell === 'zsh' || shell === 'dash';
}
