import { Readable } from 'node:stream';
import { CancelledError } from '../../../lib/errors';
import { notAFile, tooLargeFile } from '../../fileErrors';
import type { ReadOptions, StreamOptions } from '../../machine';
import { kindOf } from './attributes';
import { attempt, explain, type SftpTask } from './explain';
import { openHandle, type SftpHandle } from './handle';
import { OPEN, type Attributes } from './protocol';
import { ReadAhead } from './readAhead';
import type { SftpSession } from './session';

const DEFAULT_MAX_BYTES = 64 * 1_048_576;
const BUFFERED_BYTES = 1_048_576;
/** Type, id and the length of the content (draft-02, 7). */
const DATA_HEAD_BYTES = 9;

/** MachineFiles.read */
export async function readFile(session: SftpSession, path: string, options: ReadOptions): Promise<Uint8Array> {
  const { signal, maxBytes = DEFAULT_MAX_BYTES } = options;
  const task: SftpTask = { action: 'read', path, machine: session.machineName };
  return attempt(session, task, signal, async () => {
    const sizeBytes = await regularSize(session, task, signal);
    if (sizeBytes > maxBytes) throw tooLargeFile(task, maxBytes);
    const handle = await openToRead(session, path, signal);
    const ahead = new ReadAhead(session, handle.bytes, { start: 0, sizeBytes }, signal);
    try {
      return await readToEnd(ahead, task, maxBytes);
    } finally {
      ahead.stop();
      handle.abandon();
    }
  });
}

async function readToEnd(ahead: ReadAhead, task: SftpTask, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for (let content = await ahead.read(); content !== null; content = await ahead.read()) {
    sizeBytes += content.length;
    if (sizeBytes > maxBytes) throw tooLargeFile(task, maxBytes);
    chunks.push(content);
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** MachineFiles.stream. The signal destroys the stream with a CancelledError. */
export async function streamFile(session: SftpSession, path: string, options: StreamOptions): Promise<Readable> {
  const { signal, start = 0 } = options;
  const task: SftpTask = { action: 'read', path, machine: session.machineName };
  return attempt(session, task, signal, async () => {
    const sizeBytes = await regularSize(session, task, signal);
    const handle = await openToRead(session, path, signal);
    const ahead = new ReadAhead(session, handle.bytes, { start, sizeBytes }, signal);
    return streamOf(ahead, handle, options, (error) => explain(session, task, signal, error));
  });
}

function streamOf(
  ahead: ReadAhead,
  handle: SftpHandle,
  { signal, pool }: StreamOptions,
  explained: (error: unknown) => Promise<unknown>,
): Readable {
  const stream = new Readable({
    highWaterMark: BUFFERED_BYTES,
    read() {
      ahead
        .read()
        .then((content) => {
          if (content !== null && isAlone(content)) pool?.lend(content);
          this.push(content);
        })
        .catch(async (error: unknown) => this.destroy((await explained(error)) as Error));
    },
    destroy(error, done) {
      signal.removeEventListener('abort', onCancel);
      ahead.stop();
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

/** What came in several chunks lies in memory of its own (Framing), behind the head of its packet. */
function isAlone({ buffer, byteOffset, length }: Buffer): boolean {
  return byteOffset === DATA_HEAD_BYTES && buffer.byteLength === byteOffset + length;
}

/** Looked at before it is opened: a server that opens a pipe waits for its writer, and nobody else is served. */
async function regularSize(session: SftpSession, task: SftpTask, signal: AbortSignal): Promise<number> {
  const attributes = await session.ask('stat', [task.path], signal);
  requireFile(task, attributes);
  return attributes.sizeBytes ?? 0;
}

export function requireFile(task: SftpTask, attributes: Attributes): void {
  const kind = kindOf(attributes);
  if (kind !== 'file' && kind !== 'unknown') throw notAFile(task, kind);
}

function openToRead(session: SftpSession, path: string, signal: AbortSignal): Promise<SftpHandle> {
  return openHandle(session, signal, () => session.ask('open', [path, OPEN.READ, {}], signal));
}
