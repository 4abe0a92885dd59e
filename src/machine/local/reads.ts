import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { BatchReading } from './batchReading';
import { BufferPool } from './bufferPool';
import type { FromReadThread, ReadRequest, ReadThreadData, ShareRequest, ToReadThread } from './readProtocol';
import { ReadShared } from './readShared';

/** Answers one request after another with synchronous reads, which for /proc are several times faster than promises. */
export function serveReads(port: MessagePort, data: ReadThreadData): void {
  // A missing file is an everyday answer here; its stack would cost more than the look at the file.
  Error.stackTraceLimit = 0;
  const inbox = new Inbox(port);
  const shared = new ReadShared(data.memory);
  const send = (message: FromReadThread): void => {
    if (message.kind === 'part') port.postMessage(message, [message.bytes, message.values.buffer as ArrayBuffer]);
    else port.postMessage(message);
  };
  port.on('message', (message: ToReadThread) => {
    inbox.take(message);
    for (let request = inbox.next(); request !== undefined; request = inbox.next()) {
      if (request.kind === 'batch') new BatchReading(request, shared, send, inbox.pool).run();
      else new BatchReading(request.batch, shared, send, inbox.pool).help(request);
    }
  });
}

/** What the owner sends. The buffers that it gives back are there for the very batch that is being read. */
class Inbox {
  readonly pool = new BufferPool(() => this.look());
  private readonly requests: (ReadRequest | ShareRequest)[] = [];

  constructor(private readonly port: MessagePort) {}

  take(message: ToReadThread): void {
    if (message.kind === 'buffers') this.pool.give(message.buffers);
    else this.requests.push(message);
  }

  next(): ReadRequest | ShareRequest | undefined {
    return this.requests.shift();
  }

  /** No event comes while a batch is being read. */
  private look(): void {
    for (let got = receiveMessageOnPort(this.port); got !== undefined; got = receiveMessageOnPort(this.port)) {
      this.take(got.message as ToReadThread);
    }
  }
}
