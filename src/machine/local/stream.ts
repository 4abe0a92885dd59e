import { Readable } from 'node:stream';
import { CancelledError } from '../../lib/errors';
import type { StreamOptions } from '../machine';
import { closeLater, openToRead, readChunk } from './files';
import { fileStep, localTask } from './fileStep';

const CHUNK_BYTES = 262_144;

/** MachineFiles.stream. The signal destroys the stream with a CancelledError. */
export async function streamFile(path: string, options: StreamOptions): Promise<Readable> {
  const { signal, start = 0, pool } = options;
  const { handle } = await openToRead(path, signal);
  const task = localTask('read', path);
  let position = start;
  const stream = new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      fileStep(task, signal, () => readChunk(handle, CHUNK_BYTES, position, pool?.take(CHUNK_BYTES))).then(
        (chunk) => {
          position += chunk.length;
          this.push(chunk.length === 0 ? null : chunk);
        },
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
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
