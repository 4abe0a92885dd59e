import type { Machine } from '../../../../machine/machine';
import { decodeBytes } from '../kernel/bytes';
import { parsePasswd } from '../kernel/passwd';
import { count } from '../kernel/text';

export interface Holder {
  readonly name: string;
  readonly user: string | null;
}

/** The kernel keeps so many bytes of a name. */
const CUT_BYTES = 15;

/** Whole names and users of processes, for those that are shown: one round trip. */
export async function readHolders(
  machine: Machine,
  processes: readonly { readonly pid: number; readonly name: string }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Holder>> {
  if (processes.length === 0) return new Map();
  const items = processes.flatMap(({ pid }) => [`/proc/${pid}/status`, `/proc/${pid}/cmdline`]);
  const texts = await machine.files.readMany(['/etc/passwd', ...items], {
    signal,
    encoding: 'bytes',
    maxBytes: 65_536,
  });
  const textOf = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const users = parsePasswd(textOf('/etc/passwd'));
  return new Map(
    processes.map(({ pid, name }) => {
      const uid = count(/^Uid:\t(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1]);
      const user = uid === null ? null : (users.get(uid) ?? String(uid));
      return [pid, { name: wholeName(name, textOf(`/proc/${pid}/cmdline`)), user }];
    }),
  );
}

/** The kernel's name, or the whole one where the command line begins with it. */
export function wholeName(name: string, commandLine: string): string {
  if (name.length < CUT_BYTES) return name;
  const program = decodeBytes(commandLine.split('\0', 1)[0] ?? '');
  const base = program.slice(program.lastIndexOf('/') + 1);
  return base.startsWith(name) ? base : name;
}
