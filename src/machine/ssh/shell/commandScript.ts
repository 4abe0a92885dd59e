import { quoteCommand, quoteWord } from './quote';

/** A program to run, with all that it needs but its streams. */
export interface CommandSpec {
  readonly words: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether it reads what is sent; else it finds the end at once. */
  readonly reads: boolean;
  /** Its errors go where its output goes. */
  readonly onTerminal?: boolean;
}

/** Why a program was not started, as the script tells it. */
export type StartProblem = 'no-folder' | 'closed-folder' | 'missing' | 'denied';

/** Reads its script from stdin, without a byte of what follows, so that nothing of it is in an argument list. */
export const SCRIPT_LINE = `exec sh -c 'IFS= read -r l;eval "$(printf "$l")"'`;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A script for `sh` that becomes the program. Before, it prints a line on stdout: the mark and a StartProblem, or the
 * mark, its process id and 'group' where it leads a process group; and the mark on stderr, unless both are one terminal.
 * What login shells print comes before.
 */
export function commandScript(mark: string, { words, cwd, env, reads, onTerminal = false }: CommandSpec): string {
  const [program = ''] = words;
  const own = Object.entries(env).filter(([name]) => NAME.test(name));
  const others = Object.entries(env).filter(([name]) => !NAME.test(name));
  const prefix = others.length === 0 ? [] : ['env', ...others.map(([name, value]) => `${name}=${value}`)];
  const input = reads ? '' : ' </dev/null';
  return [
    `f() { printf '\\n${mark} %s\\n' "$1"; exit 126; }`,
    ...(cwd === undefined ? [] : [folderScript(cwd)]),
    ...own.map(([name, value]) => `${name}=${quoteWord(value)}; export ${name}`),
    programCheck(program),
    // proc_pid_stat(5): the fifth field is the process group. Where there is no /proc, sshd has made it the leader.
    'g=; { read -r a b c d g e </proc/$$/stat; } 2>/dev/null; s=; t=group',
    `if [ "\${g:-$$}" != $$ ]; then if command -v setsid >/dev/null 2>&1; then s=setsid; else t=single; fi; fi`,
    ...(onTerminal ? [] : [`printf '\\n${mark}\\n' >&2`]),
    `printf '\\n${mark} %s %s\\n' $$ $t`,
    `exec $s ${quoteCommand([...prefix, ...words])}${input}`,
  ].join('\n');
}

function folderScript(cwd: string): string {
  const folder = quoteWord(cwd.startsWith('/') ? cwd : `./${cwd}`);
  return `unset CDPATH; [ -d ${folder} ] || f no-folder; cd ${folder} >/dev/null 2>&1 || f closed-folder`;
}

function programCheck(program: string): string {
  const word = quoteWord(program);
  if (program.startsWith('-')) return 'f missing';
  if (!program.includes('/')) return `command -v ${word} >/dev/null 2>&1 || f missing`;
  return `[ -e ${word} ] || f missing; [ -f ${word} ] && [ -x ${word} ] || f denied`;
}
