import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { machineWords } from '../../fileErrors';
import type { DirectoryEntry } from '../../machine';
import { kindOfEntry, statOfEntry } from './attributes';
import { SftpStatusError } from './decode';
import { attempt, type SftpTask } from './explain';
import { openHandle } from './handle';
import { STATUS, type NameEntry } from './protocol';
import type { SftpSession } from './session';
import { protocolError } from './sessionErrors';

/** A server may go on for ever. */
const MAX_ENTRIES = 2_000_000;
const MAX_REQUESTS = 16;

/** MachineFiles.list, with the stat of each entry that the server tells. Throws ExpectedError, 'too-large' beyond two million entries. */
export async function listFolder(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
): Promise<readonly DirectoryEntry[]> {
  const task: SftpTask = { action: 'list', path, machine: session.machineName };
  return attempt(session, task, signal, async () => {
    const handle = await openHandle(session, signal, () => session.ask('opendir', [path], signal));
    try {
      return await readAll(session, handle.bytes, task, signal);
    } finally {
      handle.abandon();
    }
  });
}

/** Each answer has some entries: the longer it goes on, the more are asked for at once. */
async function readAll(
  session: SftpSession,
  handle: Buffer,
  task: SftpTask,
  signal: AbortSignal,
): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  for (let count = 1; ; count = Math.min(count * 2, MAX_REQUESTS)) {
    const asked = Array.from({ length: count }, () => readSome(session, handle, signal));
    let isEnd = false;
    for (const names of await Promise.all(asked)) {
      isEnd ||= names.length === 0;
      for (const name of names) if (!isDots(name)) entries.push(entryOf(session, name));
    }
    if (isEnd) return entries;
    if (entries.length > MAX_ENTRIES) throw tooMany(task);
  }
}

/** None at the end. */
async function readSome(session: SftpSession, handle: Buffer, signal: AbortSignal): Promise<readonly NameEntry[]> {
  try {
    return await session.ask('readdir', [handle], signal);
  } catch (error) {
    if (error instanceof SftpStatusError && error.status === STATUS.EOF) return [];
    throw error;
  }
}

function isDots({ name }: NameEntry): boolean {
  return (name.length === 1 && name[0] === 0x2e) || (name.length === 2 && name[0] === 0x2e && name[1] === 0x2e);
}

/** A name that is a path would lead whoever joins it out of the folder. */
function entryOf(session: SftpSession, entry: NameEntry): DirectoryEntry {
  const { name } = entry;
  if (name.length === 0 || name.includes(0x2f) || name.includes(0)) {
    const error = protocolError(session.machineName, 'a name in a folder is a path');
    session.close(error);
    throw error;
  }
  const stat = statOfEntry(entry);
  return { name: decodePath(name), kind: kindOfEntry(entry), ...(stat === undefined ? {} : { stat }) };
}

function tooMany({ path, machine }: SftpTask): ExpectedError {
  const message = l10n.t(
    'The folder {0} on {1} has more than {2} entries. Choose a folder within it.',
    shownPath(path),
    machineWords(machine),
    MAX_ENTRIES,
  );
  return new ExpectedError('too-large', message);
}
