import { throwIfCancelled } from '../../../../lib/errors';
import { untilAborted } from '../../../../lib/deadline';
import type { HostConnection } from '../connection';

/** What a host has for trees. */
export interface TreeTools {
  /** 'printf': GNU's; 'stat-gnu' and 'stat-bsd': any find, with a stat(1) of that kind; null where SFTP has to do. */
  readonly find: 'printf' | 'stat-gnu' | 'stat-bsd' | null;
  /** null: what is to be hashed has to come over. */
  readonly hash: HashProgram | null;
}

/** A program that prints SHA-256 hashes. */
export interface HashProgram {
  /** Before the paths. */
  readonly words: string;
  /** 'zero': hash, two characters, path, NUL. 'line': the same up to a line break, with \ before what is escaped. */
  readonly form: 'zero' | 'line' | 'tagged';
}

/** openssl(1), several times as fast as most others; GNU coreutils; busybox and others; perl's (macOS); the BSDs'. */
const PROGRAMS: readonly HashProgram[] = [
  { words: 'openssl dgst -sha256 -r', form: 'line' },
  { words: 'sha256sum -z --', form: 'zero' },
  { words: 'cksum -a sha256 --untagged -z --', form: 'zero' },
  { words: 'sha256sum --', form: 'line' },
  { words: 'shasum -a 256 --', form: 'line' },
  { words: 'sha256', form: 'tagged' },
];

/** Of the empty file. */
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const PROBE = [
  `if [ "$(find / -maxdepth 0 -printf %y 2>/dev/null)" = d ]; then printf 'printf '`,
  `elif find / -prune >/dev/null 2>&1 && printf '/\\0' | xargs -0 stat -c %f -- >/dev/null 2>&1; then printf 'stat-gnu '`,
  `elif find / -prune >/dev/null 2>&1 && printf '/\\0' | xargs -0 stat -f %Xp -- >/dev/null 2>&1; then printf 'stat-bsd '`,
  `else printf 'none '; fi`,
  ...PROGRAMS.map(({ words }, index) => {
    const asked = `printf '/dev/null\\0' | xargs -0 ${words} 2>/dev/null | tr '\\0' '\\n'`;
    return `${index === 0 ? 'if' : 'elif'} ${asked} | grep ${EMPTY_HASH} >/dev/null 2>&1; then printf ${index}`;
  }),
  `fi`,
].join('\n');

/** Found out once for a host, when it is first asked for. */
export function treeTools(host: HostConnection): (signal: AbortSignal) => Promise<TreeTools> {
  let known: Promise<TreeTools> | undefined;
  return async (signal) => {
    throwIfCancelled(signal);
    // It is for all who ask: nobody's cancel ends it.
    const asked = (known ??= probe(host));
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return untilAborted(asked, signal);
  };
}

async function probe(host: HostConnection): Promise<TreeTools> {
  const { output } = await host.run(PROBE, new AbortController().signal);
  const [find = '', hash = ''] = output.trimEnd().split(' ');
  return {
    find: find === 'printf' || find === 'stat-gnu' || find === 'stat-bsd' ? find : null,
    hash: /^\d$/.test(hash) ? (PROGRAMS[Number(hash)] ?? null) : null,
  };
}
