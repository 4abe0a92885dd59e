import { Writable } from 'node:stream';
import { CancelledError } from '../../../lib/errors';
import type { WriteStreamOptions } from '../../machine';
import { SftpStatusError } from './decode';
import { attempt, explain, type SftpTask } from './explain';
import { openHandle, type SftpHandle } from './handle';
import { OPEN, STATUS, type Attributes } from './protocol';
import { requireFile } from './reading';
import type { SftpSession } from './session';
import { WriteBehind } from './writeBehind';

const DEFAULT_MODE = 0o644;
const BUFFERED_BYTES = 1_048_576;

/** MachineFiles.writeStream. The signal destroys the stream with a CancelledError; what is written stays. */
export async function writeFileStream(
  session: SftpSession,
  path: string,
  options: WriteStreamOptions,
): Promise<Writable> {
  const { signal, start = 0, mode = DEFAULT_MODE } = options;
  // Whatever a request of the stream holds must have had room.
  const task: SftpTask = { action: 'write', path, machine: session.machineName, bytes: session.limits.writeBytes };
  return attempt(session, task, signal, async () => {
    const handle = (await openNew(session, task, mode, signal)) ?? (await openThere(session, task, options));
    const behind = new WriteBehind(session, handle.bytes, start, signal);
    return streamOf({ behind, handle, options, explained: (error) => explain(session, task, signal, error) });
  });
}

/** The usual case in one round trip: nothing has the name, so nothing can be spoilt. */
async function openNew(
  session: SftpSession,
  { path }: SftpTask,
  mode: number,
  signal: AbortSignal,
): Promise<SftpHandle | undefined> {
  const flags = OPEN.WRITE | OPEN.CREATE | OPEN.EXCLUSIVE;
  try {
    return await openHandle(session, signal, () => session.ask('open', [path, flags, { permissions: mode }], signal));
  } catch (error) {
    if (error instanceof SftpStatusError && error.status !== STATUS.NO_SUCH_FILE) return undefined;
    throw error;
  }
}

/** Looked at first: a server that opens a pipe waits for its reader, and nobody else is served. */
async function openThere(session: SftpSession, task: SftpTask, options: WriteStreamOptions): Promise<SftpHandle> {
  const { signal, truncate = false, mode = DEFAULT_MODE } = options;
  const existing = await statIfThere(session, 'stat', task.path, signal);
  if (existing !== undefined) requireFile(task, existing);
  const flags = OPEN.WRITE | OPEN.CREATE | (truncate ? OPEN.TRUNCATE : 0);
  return openHandle(session, signal, () => session.ask('open', [task.path, flags, { permissions: mode }], signal));
}

interface OpenStream {
  readonly behind: WriteBehind;
  readonly handle: SftpHandle;
  readonly options: WriteStreamOptions;
  explained(error: unknown): Promise<unknown>;
}

function streamOf({ behind, handle, options, explained }: OpenStream): Writable {
  const { signal, onWritten } = options;
  const settle = (work: Promise<void>, done: (error?: Error | null) => void): void => {
    work.then(
      () => done(),
      async (error: unknown) => done((await explained(error)) as Error),
    );
  };
  const stream = new Writable({
    highWaterMark: BUFFERED_BYTES,
    write: (chunk: Buffer, _encoding, done) => settle(behind.write(chunk, onWritten), done),
    final: (done) => settle(finish(behind, handle), done),
    destroy(error, done) {
      signal.removeEventListener('abort', onCancel);
      handle.abandon();
      done(error);
    },
  });
  const onCancel = (): void => {
    stream.destroy(new CancelledError('cancelled'));
  };
  signal.addEventListener('abort', onCancel, { once: true });
  if (signal.aborted) onCancel();
  return stream;
}

async function finish(behind: WriteBehind, handle: SftpHandle): Promise<void> {
  await behind.finish();
  await handle.close();
}

/** What is there, if anything is. */
export async function statIfThere(
  session: SftpSession,
  operation: 'stat' | 'lstat',
  path: string,
  signal: AbortSignal,
): Promise<Attributes | undefined> {
  try {
    return await session.ask(operation, [path], signal);
  } catch (error) {
    if (error instanceof SftpStatusError && error.status === STATUS.NO_SUCH_FILE) return undefined;
    throw error;
  }
}
