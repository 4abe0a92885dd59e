import type { MessagePort } from 'node:worker_threads';
import { BatchReading } from './batchReading';
import { BufferPool } from './bufferPool';
import type { FromReadThread, ReadThreadData, ToReadThread } from './readProtocol';
import { ReadShared } from './readShared';

/** Answers one request after another with synchronous reads, which for /proc are several times faster than promises. */
export function serveReads(port: MessagePort, data: ReadThreadData): void {
  // A missing file is an everyday answer here; its stack would cost more than the look at the file.
  Error.stackTraceLimit = 0;
  const pool = new BufferPool();
  const shared = new ReadShared(data.memory);
  const send = (message: FromReadThread): void => {
    if (message.kind === 'part') port.postMessage(message, [message.bytes, message.values.buffer as ArrayBuffer]);
    else port.postMessage(message);
  };
  port.on('message', (request: ToReadThread) => {
    if (request.kind === 'buffers') pool.give(request.buffers);
    else if (request.kind === 'batch') new BatchReading(request, shared, send, pool).run();
    else new BatchReading(request.batch, shared, send, pool).help(request);
  });
}
