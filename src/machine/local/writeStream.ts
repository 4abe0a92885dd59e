import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { Writable } from 'node:stream';
import { settlesWithin } from '../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../lib/errors';
import type { FileTask } from '../fileErrors';
import type { WriteStreamOptions } from '../machine';
import { errnoOf } from './errors';
import { closeLater, openRegular, requireFile } from './files';
import { fileStep, localTask } from './fileStep';
import { fsPath } from './localPath';

const CHUNK_BYTES = 1_048_576;
const DEFAULT_MODE = 0o644;
const LAST_WAIT_MS = 1_000;
/** Neither waits for a FIFO's reader nor takes over a terminal. Windows has no such flags. */
const OPEN_TO_WRITE = constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** MachineFiles.writeStream. The signal destroys the stream with a CancelledError; what is written stays. */
export async function writeFileStream(path: string, options: WriteStreamOptions): Promise<Writable> {
  const { signal, start = 0, onWritten } = options;
  const task = localTask('write', path);
  const handle = await openToWrite(task, options);
  let position = start;
  const writeAll = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length;) {
      const length = Math.min(CHUNK_BYTES, chunk.length - at);
      const { bytesWritten } = await fileStep(task, signal, () => handle.write(chunk, at, length, position));
      at += bytesWritten;
      position += bytesWritten;
    }
  };
  const writeSeveral = async (chunks: readonly Buffer[]): Promise<void> => {
    const { bytesWritten } = await fileStep(task, signal, () => handle.writev(chunks, position));
    position += bytesWritten;
    let skipped = bytesWritten;
    for (const chunk of chunks) {
      await writeAll(chunk.subarray(Math.min(skipped, chunk.length)));
      skipped = Math.max(0, skipped - chunk.length);
    }
  };
  const told = async (chunks: readonly Buffer[], writing: Promise<void>): Promise<void> => {
    await writing;
    if (onWritten !== undefined) chunks.forEach(onWritten);
  };
  const stream = new Writable({
    highWaterMark: CHUNK_BYTES,
    write: (chunk: Buffer, _encoding, done) => void told([chunk], writeAll(chunk)).then(() => done(), done),
    writev: (given, done) => {
      const chunks = given.map(({ chunk }) => chunk as Buffer);
      void told(chunks, writeSeveral(chunks)).then(() => done(), done);
    },
    // Not left to destroy: a quota or a network mount may say only here that it is full.
    final: (done) => void fileStep(task, signal, () => handle.close()).then(() => done(), done),
    destroy(error, done) {
      signal.removeEventListener('abort', onCancel);
      closeLater(handle);
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

/** The kind is looked at before as when reading; what is no regular file is neither opened nor emptied. */
async function openToWrite(task: FileTask, options: WriteStreamOptions): Promise<fs.FileHandle> {
  const { signal, truncate = false, mode = DEFAULT_MODE } = options;
  throwIfCancelled(signal);
  const path = fsPath(task.path);
  // The usual case in one step: nothing has the name, so nothing can be spoilt.
  const made = await openedNew(task, signal, openNew(path, mode));
  if (made !== undefined) return made;
  const existing = await fileStep(task, signal, () => fs.stat(path).catch(undefinedIfMissing));
  if (existing !== undefined) requireFile(task, existing);
  const { handle } = await openRegular(task, signal, () => fs.open(path, OPEN_TO_WRITE, mode));
  if (!truncate) return handle;
  try {
    await fileStep(task, signal, () => handle.truncate(0));
    return handle;
  } catch (error) {
    closeLater(handle);
    throw error;
  }
}

/** What is still on its way when it is given up is closed, and waited for: else nobody could delete it again. */
async function openedNew(
  task: FileTask,
  signal: AbortSignal,
  opening: Promise<fs.FileHandle | undefined>,
): Promise<fs.FileHandle | undefined> {
  try {
    return await fileStep(task, signal, () => opening);
  } catch (error) {
    opening.then((handle) => handle && closeLater(handle)).catch(() => undefined);
    await settlesWithin(opening, LAST_WAIT_MS);
    throw error;
  }
}

/** undefined where something has the name already. */
async function openNew(path: string | Buffer, mode: number): Promise<fs.FileHandle | undefined> {
  try {
    return await fs.open(path, OPEN_TO_WRITE | constants.O_EXCL, mode);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    return undefined;
  }
}

/** For catch(). */
function undefinedIfMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
