import {
  isFailure,
  type FileFailure,
  type FileTexts,
  type Machine,
  type ReadItem,
} from '../../../../../../src/machine/machine';

export type Texts = Readonly<Record<string, string | FileFailure>>;

export const DENIED: FileFailure = { kind: 'failure', code: 'denied', message: 'permission denied' };
export const MISSING: FileFailure = { kind: 'failure', code: 'missing', message: 'does not exist' };

/** A machine with these files; every batch that asks for /proc/uptime looks at the next of them. */
export function fakeMachine(
  looks: readonly Texts[],
  ionice = 'best-effort: prio 4\n',
): Machine & { readonly batches: () => number } {
  let look = -1;
  let batches = 0;
  return {
    name: 'box',
    platform: 'linux',
    ownPid: null,
    batches: () => batches,
    files: {
      readMany: (items: readonly ReadItem[]) => {
        batches++;
        if (items.includes('/proc/uptime')) look = Math.min(look + 1, looks.length - 1);
        return Promise.resolve(answerTo(items, looks[look] ?? {}));
      },
    } as unknown as Machine['files'],
    exec: () =>
      Promise.resolve({
        exitCode: ionice === '' ? 1 : 0,
        signal: null,
        stdout: new TextEncoder().encode(ionice),
        stderr: new Uint8Array(),
        truncated: false,
      }),
    start: () => Promise.reject(new Error('only looked at')),
    connect: () => Promise.reject(new Error('no network')),
    processes: {
      signal: () => Promise.reject(new Error('only looked at')),
      setNice: () => Promise.reject(new Error('only looked at')),
    },
  };
}

function answerTo(items: readonly ReadItem[], texts: Texts): FileTexts {
  const answer = new Map<string, string | FileFailure>();
  const give = (path: string): unknown => answer.has(path) || answer.set(path, texts[path] ?? MISSING);
  for (const item of items) {
    const { path, what } = typeof item === 'string' ? { path: item, what: null } : item;
    if (!/\*|\[0-9\]/.test(path)) {
      give(path);
      if (what === 'links' && !isFailure(answer.get(path))) below(path, texts).forEach(give);
      continue;
    }
    const pattern = new RegExp(`^${path.replaceAll('[0-9]', '\\d').replaceAll('*', '[^/]*')}$`);
    for (const found of Object.keys(texts).filter((each) => pattern.test(each))) {
      give(found);
      if (what === 'links') below(found, texts).forEach(give);
    }
  }
  return answer;
}

function below(folder: string, texts: Texts): readonly string[] {
  const names = texts[folder];
  return typeof names === 'string' ? names.split('\0').map((name) => `${folder}/${name}`) : [];
}

/** A line of /proc/PID/stat. */
export function statText(pid: number, name: string, parts: Readonly<Partial<StatParts>> = {}): string {
  const { state, parent, userTicks, threads, start, flags } = { ...USUAL, ...parts };
  const front = `${pid} (${name}) ${state} ${parent} ${pid} ${pid} 0 -1 ${flags} 10 0 2 0 ${userTicks} 5 0 0 20 0 ${threads} 0`;
  return `${front} ${start} 104857600 2560 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 3 0 0 0 0 0 0 0 0 0 0\n`;
}

interface StatParts {
  readonly state: string;
  readonly parent: number;
  readonly userTicks: number;
  readonly threads: number;
  readonly start: number;
  readonly flags: number;
}
const USUAL: StatParts = { state: 'S', parent: 1, userTicks: 100, threads: 1, start: 5000, flags: 0 };
