import type { SftpSession } from './session';

const MAX_REQUESTS = 64;

/** Writes an open file from front to back with many requests on their way. */
export class WriteBehind {
  private readonly unanswered: Promise<void>[] = [];

  constructor(
    private readonly session: SftpSession,
    private readonly handle: Buffer,
    private position: number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Resolves when there is room for more, not when it is written: then `onWritten` is called. Throws what became of
   * anything before.
   */
  async write(content: Uint8Array, onWritten?: (content: Uint8Array) => void): Promise<void> {
    const answers: Promise<void>[] = [];
    // In equal parts: a last one of a few bytes costs as much as a long one.
    const parts = Math.ceil(content.length / this.session.limits.writeBytes);
    const length = Math.ceil(content.length / Math.max(1, parts));
    for (let at = 0; at < content.length; at += length) {
      const part = content.subarray(at, at + length);
      await this.untilRoom(part.length);
      answers.push(this.send(part));
    }
    // Once the server has answered, nobody here has anything to do with the bytes.
    if (onWritten !== undefined) Promise.all(answers).then(() => onWritten(content), ignore);
  }

  /** When all is written. */
  async finish(): Promise<void> {
    while (this.unanswered.length > 0) await this.unanswered.shift();
  }

  private async untilRoom(length: number): Promise<void> {
    const isFull = (): boolean => this.unanswered.length >= MAX_REQUESTS || !this.session.budget.has(length);
    while (this.unanswered.length > 0 && isFull()) await this.unanswered.shift();
  }

  private send(part: Uint8Array): Promise<void> {
    const { budget } = this.session;
    budget.take(part.length);
    const answer = this.session
      .ask('write', [this.handle, this.position, part], this.signal)
      .finally(() => budget.giveBack(part.length));
    // Looked at when it is its turn, which may never come.
    answer.catch(ignore);
    this.unanswered.push(answer);
    this.position += part.length;
    return answer;
  }
}

function ignore(): void {
  // Told when it is looked at in its turn.
}
