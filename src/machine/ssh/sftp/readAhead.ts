import { SftpStatusError } from './decode';
import { STATUS } from './protocol';
import type { SftpSession } from './session';
import { protocolError } from './sessionErrors';

const MAX_REQUESTS = 64;
const FIRST_REQUESTS = 8;
/** For files whose size says nothing, such as those of /proc. */
const SMALL_BYTES = 65_536;

interface Request {
  readonly offset: number;
  readonly length: number;
  /** null at the end of the file. */
  readonly answer: Promise<Buffer | null>;
}

export interface ReadRange {
  readonly start: number;
  /** As stat told it; 0 where that means nothing. It may have changed since. */
  readonly sizeBytes: number;
}

/**
 * Reads an open file from front to back with many requests on their way: more the longer it is read, and beyond the
 * stated size one at a time.
 */
export class ReadAhead {
  private readonly requests: Request[] = [];
  private next: number;
  private chunkBytes = Number.POSITIVE_INFINITY;
  private maxRequests = FIRST_REQUESTS;
  private ended = false;

  constructor(
    private readonly session: SftpSession,
    private readonly handle: Buffer,
    private readonly range: ReadRange,
    private readonly signal: AbortSignal,
  ) {
    this.next = range.start;
  }

  /** The next bytes, null at the end. One call at a time. Throws as SftpSession.ask does. */
  async read(): Promise<Buffer | null> {
    this.topUp();
    const request = this.requests.shift();
    if (request === undefined) return null;
    let content: Buffer | null;
    try {
      content = await request.answer;
    } finally {
      this.session.budget.giveBack(request.length);
    }
    const received = content?.length ?? 0;
    if (content === null || received === 0) {
      this.stop();
      return null;
    }
    if (received > request.length) throw this.tooMuch();
    if (received === request.length) this.maxRequests = Math.min(MAX_REQUESTS, this.maxRequests * 2);
    else this.afterShort(request, received);
    return content;
  }

  /** Asks for no more. What is on its way is passed over when it comes. */
  stop(): void {
    this.ended = true;
    for (const { length } of this.requests.splice(0)) this.session.budget.giveBack(length);
  }

  /** Several at a time: each write costs as much as many requests. */
  private topUp(): void {
    if (this.requests.length > this.maxRequests - Math.ceil(this.maxRequests / 4)) return;
    while (!this.ended) {
      const length = this.nextLength();
      const isKnown = this.next < this.range.sizeBytes;
      const isWelcome = isKnown && this.requests.length < this.maxRequests && this.session.budget.has(length);
      if (this.requests.length > 0 && !isWelcome) return;
      this.requests.push(this.request(this.next, length));
      this.next += length;
    }
  }

  /** Of a known rest one byte more, so that the end is seen with the content. */
  private nextLength(): number {
    const chunkBytes = Math.min(this.chunkBytes, this.session.limits.readBytes);
    const rest = this.range.sizeBytes - this.next;
    return rest > 0 ? Math.min(chunkBytes, rest + 1) : Math.min(chunkBytes, SMALL_BYTES);
  }

  private request(offset: number, length: number): Request {
    this.session.budget.take(length);
    const answer = this.session
      .ask('read', [this.handle, offset, length], this.signal)
      .catch((error: unknown) => nullAtEnd(error));
    // Looked at when it is its turn, which may never come.
    answer.catch(() => undefined);
    return { offset, length, answer };
  }

  /** Less than was asked for: the end of a file whose size is known, or the most that the server gives at once. */
  private afterShort({ offset, length }: Request, received: number): void {
    const { sizeBytes } = this.range;
    const at = offset + received;
    if (sizeBytes > 0 && at >= sizeBytes) return this.stop();
    if (this.requests.length === 0) {
      this.next = at;
      return;
    }
    this.chunkBytes = received;
    this.requests.unshift(this.request(at, length - received));
  }

  private tooMuch(): Error {
    const error = protocolError(this.session.machineName, 'it gives more than was asked for');
    this.session.close(error);
    return error;
  }
}

function nullAtEnd(error: unknown): null {
  if (error instanceof SftpStatusError && error.status === STATUS.EOF) return null;
  throw error;
}
