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

/** proc_pid_stat(5): the fifth field is the process group. Where there is no /proc, sshd has made it the leader. */
const PROCESS_GROUP = [
  'g=; { read -r a b c d g e </proc/$$/stat; } 2>/dev/null; s=; t=group',
  'if [ "${g:-$$}" -ne $$ ]; then if command -v setsid >/dev/null 2>&1; then s=setsid; else t=single; fi; fi',
];

/** What no login shell takes for more than it is when it stands between single quotes. */
const PLAIN = /^[\x20-\x7e]*$/;
const NOT_PLAIN = /['\\!]/;
const MOST_PLAIN = 4_096;

/** As commandScript, of its arguments: the mark and the words. Without any character that NOT_PLAIN names. */
const plainScript = (check: string, input: string): string =>
  [
    'm=$1; shift',
    'f() { echo; echo "$m $1"; exit 126; }',
    check,
    ...PROCESS_GROUP,
    '{ echo; echo "$m"; } >&2; echo; echo "$m $$ $t"',
    `exec $s "$@"${input}`,
  ].join('; ');

/**
 * A line for the login shell that does what commandScript says, without a script on stdin: half the work, and one round
 * trip less. null where the command has more to it than plain words, which other users of the host may see anyway.
 */
export function plainLine(mark: string, { words, cwd, env, reads }: CommandSpec): string | null {
  const [program = ''] = words;
  const isPlain = words.every((word) => PLAIN.test(word) && !NOT_PLAIN.test(word));
  const variables = Object.entries(env).filter(([name, value]) => name !== 'LC_ALL' || value !== 'C');
  if (!isPlain || cwd !== undefined || variables.length > 0 || program.startsWith('-')) return null;
  const check = program.includes('/')
    ? '[ -e "$1" ] || f missing; [ -f "$1" ] && [ -x "$1" ] || f denied'
    : 'command -v "$1" >/dev/null 2>&1 || f missing';
  const own = 'LC_ALL' in env ? 'LC_ALL=C; export LC_ALL; ' : '';
  const line = `exec sh -c '${own}${plainScript(check, reads ? '' : ' </dev/null')}' sh ${mark} ${quoteCommand(words)}`;
  return line.length > MOST_PLAIN ? null : line;
}

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
    ...PROCESS_GROUP,
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
