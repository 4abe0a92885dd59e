import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { ExecResult, Machine } from '../../../../machine/machine';
import { readKey } from '../../../../machine/ssh/keys/keyText';
import { keyFingerprint } from '../../../../machine/ssh/keys/publicKey';
import { typeProblems } from './problems';
import type { AgentRow } from './schema';

const DEADLINE_MS = 10_000;

/** What ssh-add -L lists (ssh-add(1)): exit code 0 with keys, 1 without any, 2 where no agent answers. */
export async function readAgent(machine: Machine, signal: AbortSignal): Promise<AgentRow> {
  const none = (state: AgentRow['state'], message: string | null = null): AgentRow => ({ state, message, keys: [] });
  let result: ExecResult;
  try {
    result = await machine.exec(['ssh-add', '-L'], { signal, deadlineMs: DEADLINE_MS });
  } catch (error) {
    throwIfCancelled(signal);
    if (!(error instanceof ExpectedError)) throw error;
    return error.code === 'missing' || error.code === 'not-found' ? none('no-program') : none('failed', error.message);
  }
  if (result.exitCode === 127) return none('no-program');
  if (result.exitCode === 1) return none('empty');
  if (result.exitCode !== 0) return none('none');
  const keys = Buffer.from(result.stdout)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const read = readKey(line.trim());
      if (read === null) return [];
      const { label, bits } = read.key;
      const problems = [...typeProblems(read.key)];
      return [{ label, bits, fingerprint: keyFingerprint(read.key), comment: read.comment, problems }];
    });
  return { state: keys.length === 0 ? 'empty' : 'keys', message: null, keys };
}
