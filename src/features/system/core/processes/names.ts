import type { Machine } from '../../../../machine/machine';
import { parsePasswd } from '../kernel/passwd';
import { programName } from '../kernel/processArguments';
import type { ProcessStat } from '../kernel/processStat';
import { count } from '../kernel/text';

/** A process as tables name it. */
export interface NamedProcess {
  readonly name: string;
  /** The name of the real user, or the number as a text; null when it is not known. */
  readonly user: string | null;
}

const MAX_BYTES = 65_536;

/** Names and users of those that are shown: one round trip. What has ended meanwhile has its short name. */
export async function readNames(
  machine: Machine,
  processes: readonly Pick<ProcessStat, 'pid' | 'nameBytes'>[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, NamedProcess>> {
  if (processes.length === 0) return new Map();
  const files = processes.flatMap(({ pid }) => [`/proc/${pid}/status`, `/proc/${pid}/cmdline`]);
  const items = ['/etc/passwd', ...files];
  const texts = await machine.files.readMany(items, { signal, encoding: 'bytes', maxBytes: MAX_BYTES });
  const textOf = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const users = parsePasswd(textOf('/etc/passwd'));
  return new Map(
    processes.map(({ pid, nameBytes }) => {
      const uid = count(/^Uid:\t(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1]);
      const user = uid === null ? null : (users.get(uid) ?? String(uid));
      return [pid, { name: programName(nameBytes, textOf(`/proc/${pid}/cmdline`)), user }];
    }),
  );
}
