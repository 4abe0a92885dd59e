import { Readable } from 'node:stream';
import { CancelledError } from '../../lib/errors';
import { closeLater, fileStep, openToRead, readChunk } from './files';

const CHUNK_BYTES = 262_144;

/** MachineFiles.stream. The signal destroys the stream with a CancelledError. */
export async function streamFile(path: string, signal: AbortSignal): Promise<Readable> {
  const { handle } = await openToRead(path, signal);
  const stream = new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      fileStep('read', path, signal, () => readChunk(handle, CHUNK_BYTES)).then(
        (chunk) => this.push(chunk.length === 0 ? null : chunk),
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
