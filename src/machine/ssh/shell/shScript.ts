import { isPattern } from '../../local/pattern';
import { isKernelText } from '../../local/text';
import type { Platform, ReadWhat } from '../../machine';
import type { Batch } from './batch';
import { quoteWord } from './quote';

export const LETTERS: Readonly<Record<ReadWhat | 'text', string>> = {
  text: 't',
  stat: 's',
  link: 'l',
  names: 'n',
  links: 'k',
};

/** Reading them waits until the kernel has something to tell. */
export const WAITS = /^\/proc\/kmsg$|\/trace_pipe$/;

/**
 * A batch as a script for any POSIX shell with the usual small programs, GNU's or busybox': one process for all files
 * of a kind, never one for each. Its answer has a part for each step, which ends with the mark, a letter and NUL; shAnswer.ts reads it:
 * w, the groups and their matches; u, the folders that could not be listed; i, what the texts outside /proc and /sys are;
 * b, the texts, with the environment of `cat` itself after each; n, names in folders; s, lines of stat; l, lines of ls.
 */
export function shScript(batch: Batch, mark: string, platform: Platform): string {
  const whats = new Set(batch.groups.flatMap(({ members }) => members.map(({ what }) => what)));
  return [
    'unset TIME_STYLE BLOCKSIZE CDPATH',
    `T=${mark}`,
    ...FUNCTIONS,
    `m() { case $1 in ${batch.groups.flatMap(caseOf).join(' ')} esac; }`,
    `set -- ${batch.groups.map(wordsOf).join(' ')}`,
    `printf '%s\\0' "$@"; z w`,
    ...unlistedScript(batch),
    ...(whats.has('text') ? [...kindsScript(batch), ...textsScript(mark, platform)] : []),
    ...(whats.has('names') || whats.has('links') ? NAMES : []),
    ...(whats.has('stat') ? statScript(platform) : []),
    ...(whats.has('link') || whats.has('links') ? LINKS : []),
  ].join('\n');
}

/** As a shell pattern: all but the wildcards quoted. */
function globOf(pattern: string): string {
  return pattern
    .split(/(\*|\[0-9\])/)
    .map((part) => (part === '' || part === '*' || part === '[0-9]' ? part : quoteWord(part)))
    .join('');
}

/** The mark with what the group wants of its matches, and these. */
function wordsOf({ index, pattern, members }: Batch['groups'][number]): string {
  if (isPattern(pattern)) return `"\${T}g${index}" ${globOf(pattern)}`;
  const what = members[0]?.what ?? 'text';
  return `"\${T}${LETTERS[what]}" ${quoteWord(pattern)}`;
}

/** What is done for a match of a pattern, in a case of `m`. */
function caseOf({ index, pattern, members }: Batch['groups'][number]): readonly string[] {
  if (!isPattern(pattern)) return [];
  const calls = members.map(({ what, rest }) => `${LETTERS[what]} "$b"${rest === '' ? '' : quoteWord(rest)}`);
  return [`g${index}) ${calls.join('; ')};;`];
}

/** `w` goes through the matches and calls for each what is wanted of it: t, s, l, n and k, which each step defines. */
const FUNCTIONS = [
  `z() { printf '%s%s\\0' "$T" "$1"; }`,
  `h() { case $1/ in /proc/*/fd/*|/proc/*/root/*|/proc/*/cwd/*|/proc/*/exe/*|/proc/*/map_files/*|/proc/*/../*) return 1;; /sys/*/fd/*|/sys/*/root/*|/sys/*/cwd/*|/sys/*/exe/*|/sys/*/map_files/*|/sys/*/../*) return 1;; esac; case $1 in /proc/*|/sys/*) return 0;; esac; return 1; }`,
  `w() { g=; for b do case $b in "$T"*) g=\${b#"$T"};; *) case $g in g*) m "$g";; *) "$g" "$b";; esac;; esac; done; }`,
  'o() { t() { :; }; s() { :; }; l() { :; }; n() { :; }; k() { :; }; }',
] as const;

/** Only a folder that may not be read has to be told of: what is missing is no match. */
function unlistedScript({ groups }: Batch): readonly string[] {
  const checks = groups
    .filter(({ pattern }) => isPattern(pattern))
    .flatMap(({ index, pattern }) => {
      const segments = pattern.split('/');
      return segments.flatMap((segment, at) => {
        if (!isPattern(segment)) return [];
        const folder = segments
          .slice(0, at)
          .map((one) => `${one}/`)
          .join('');
        const rest = segments.slice(at).join('/');
        const glob = folder === '' ? './' : globOf(folder);
        const path = folder === '' ? quoteWord(rest) : `"$d"${quoteWord(rest)}`;
        return [`for d in ${glob}; do if [ -d "$d" ] && [ ! -r "$d" ]; then printf '%s\\0' ${index} ${path}; fi; done`];
      });
    });
  return [...checks, 'z u'];
}

function kindsScript({ groups }: Batch): readonly string[] {
  const all = groups.flatMap(({ pattern, members }) =>
    members.map(({ what, rest }) => ({ what, path: pattern + rest })),
  );
  // The last segments of a pattern may turn out to be fd or root.
  const needed = all.some(({ what, path }) => what === 'text' && (!isKernelText(path) || /\/[^/]*\*/.test(path)));
  if (!needed) return ['z i'];
  return [
    'o; r=',
    't() { h "$1" && return; if [ -f "$1" ]; then r=${r}f; elif [ -d "$1" ]; then r=${r}d; elif [ -p "$1" ]; then r=${r}p; elif [ -S "$1" ]; then r=${r}s; elif [ -b "$1" ]; then r=${r}b; elif [ -c "$1" ]; then r=${r}c; elif [ -e "$1" ]; then r=${r}u; else r=${r}-; fi; }',
    `w "$@"; printf %s "$r"; z i`,
  ];
}

/** Whatever is no file is left alone: /dev/null stands for it. */
const TEXT_PATH =
  'if h "$1"; then case $1 in /proc/kmsg|*/trace_pipe) x=/dev/null;; esac; elif [ ! -f "$1" ] && [ -e "$1" ]; then x=/dev/null; fi';

function textsScript(mark: string, platform: Platform): readonly string[] {
  if (platform !== 'linux') {
    return [`o; t() { x=$1; ${TEXT_PATH}; cat "$x" 2>&1; printf 'M=%s\\0' ${mark}; }`, 'w "$@"; z b'];
  }
  return [
    `o; t() { x=$1; ${TEXT_PATH}; printf '%s\\0/proc/self/environ\\0' "$x"; }`,
    `w "$@" | xargs -0 env -i M=${mark} "$(command -v cat)" 2>&1; z b`,
  ];
}

/** Names as paths, of each folder one line of the shell; `+` a folder, `!` with an error; `~` names that look like patterns. */
const NAMES = [
  `q() { printf '=%s\\0' "$@"; }`,
  `o; n() { if [ ! -d "$1" ]; then if [ -e "$1" ]; then e ENOTDIR; elif [ -d "\${1%/*}/" ] && [ ! -x "\${1%/*}/" ]; then e EACCES; else e ENOENT; fi; elif [ ! -r "$1" ]; then e EACCES; else printf '+\\0'; q "$1"/.* "$1"/*; for x in '*' '.*'; do if [ -e "$1/$x" ] || [ -L "$1/$x" ]; then printf '~%s\\0' "$x"; fi; done; fi; }`,
  `e() { printf '!%s\\0' "$1"; }; k() { n "$1"; }`,
  'w "$@"; z n',
] as const;

/** The program that \`c\` runs with the paths that come on stdin; what it complains of follows after the step's mark. */
function collected(step: string, command: string): string {
  return `E=$({ w "$@" | xargs -0 ${command} >&4; } 2>&1); z ${step}; printf '%s' "$E"; z e`;
}

function statScript(platform: Platform): readonly string[] {
  const format = platform === 'linux' ? `-L -c '%f %s %d %i %h %u %g %Y %n'` : `-L -f '%Xp %z %d %i %l %u %g %m %N'`;
  return [`o; s() { printf '%s\\0' "$1"; }`, `exec 4>&1; ${collected('s', `stat ${format}`)}; exec 4>&-`];
}

const LINKS: readonly string[] = [
  `q() { printf '%s\\0' "$@"; }`,
  `o; l() { q "$1"; }; k() { if [ -d "$1" ] && [ -r "$1" ]; then q "\${1%/}"/.* "\${1%/}"/*; fi; }`,
  `exec 4>&1; ${collected('l', 'ls -dln')}; exec 4>&-`,
];
