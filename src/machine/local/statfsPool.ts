import type { StatfsAnswer } from './statfs';
import { HELPER_ENDED, startStatfsHelper, type StatfsHelper } from './statfsHelper';

/** Each helper that hangs costs memory until its mount answers; when all do, nothing more is asked. */
const MAX_HELPERS = 8;
/** How long the other paths wait behind one before a further helper is started for them. */
const PATIENCE_MS = 150;

/** Stands for an errno name where a path was not asked. */
export const TOO_MANY_STUCK = 'too-many-stuck';

export interface StatfsPoolOptions {
  readonly workerFile: string;
  /** Until the unused helpers are ended. */
  readonly idleMs: number;
}

/** A path in question: one at a time for each path, shared by all who ask, so a dead mount holds one helper only. */
export interface Question {
  /** When it was put to a helper, as performance.now(). */
  readonly asked: Promise<number>;
  /** Pends for as long as the file system does not answer. Never rejects. */
  readonly answer: Promise<StatfsAnswer>;
}

/** Asks file systems in a few child processes, one path at a time each; one that hangs is left to its path. */
export class StatfsPool {
  closed = false;
  private readonly questions = new Map<string, OpenQuestion>();
  private readonly queue: OpenQuestion[] = [];
  private readonly busy = new Map<StatfsHelper, OpenQuestion>();
  private free: StatfsHelper[] = [];
  private patience: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: StatfsPoolOptions) {}

  question(path: string, deadlineMs: number): Question {
    const open = this.questions.get(path);
    if (open !== undefined) return open;
    const question = new OpenQuestion(path, deadlineMs);
    if (this.closed) {
      question.settle({ errno: 'ECANCELED' });
      return question;
    }
    this.questions.set(path, question);
    this.queue.push(question);
    this.serve();
    return question;
  }

  /** Ends all helpers; what is in question is answered with a failure. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.patience);
    clearTimeout(this.idle);
    for (const question of this.questions.values()) question.settle({ errno: 'ECANCELED' });
    await Promise.all([...this.free, ...this.busy.keys()].map((helper) => helper.end()));
  }

  private serve(): void {
    clearTimeout(this.patience);
    clearTimeout(this.idle);
    this.free = this.free.filter((helper) => !helper.hasEnded());
    for (const question of [...this.queue]) {
      const helper = this.free.pop() ?? this.startWhenDue();
      if (helper === undefined) break;
      this.queue.shift();
      void this.put(helper, question);
    }
    if (this.queue.length === 0) this.endWhenIdle();
    else if (this.isStuck()) this.refuseQueue();
    else this.patience = setTimeout(() => this.serve(), PATIENCE_MS);
  }
  /** A further helper only when each of the others has been busy with its path for a while. */
  private startWhenDue(): StatfsHelper | undefined {
    if (this.busy.size >= MAX_HELPERS) return undefined;
    const patienceMs = PATIENCE_MS / 2;
    for (const question of this.busy.values()) if (question.ageMs() < patienceMs) return undefined;
    return startStatfsHelper(this.options.workerFile);
  }

  private async put(helper: StatfsHelper, question: OpenQuestion): Promise<void> {
    this.busy.set(helper, question);
    await helper.ready;
    question.markAsked();
    const answer = await helper.ask(question.path);
    this.busy.delete(helper);
    if (answer.errno === HELPER_ENDED && !question.isSecondTry && !this.closed) {
      question.isSecondTry = true;
      this.queue.unshift(question);
    } else {
      this.questions.delete(question.path);
      question.settle(answer);
    }
    if (this.closed) return;
    this.free.push(helper);
    this.serve();
  }

  private isStuck(): boolean {
    if (this.busy.size < MAX_HELPERS) return false;
    return [...this.busy.values()].every((question) => question.isOverdue());
  }

  private refuseQueue(): void {
    for (const question of this.queue.splice(0)) {
      this.questions.delete(question.path);
      question.settle({ errno: TOO_MANY_STUCK });
    }
  }

  private endWhenIdle(): void {
    for (const extra of this.free.splice(1)) void extra.end();
    this.idle = setTimeout(() => {
      for (const helper of this.free.splice(0)) void helper.end();
    }, this.options.idleMs).unref();
  }
}

class OpenQuestion implements Question {
  readonly asked: Promise<number>;
  readonly answer: Promise<StatfsAnswer>;
  /** Somebody may end a helper between two questions; a path that ends it twice is given up. */
  isSecondTry = false;
  private askedAtMs: number | undefined;
  private resolveAsked: (atMs: number) => void = () => undefined;
  private resolveAnswer: (answer: StatfsAnswer) => void = () => undefined;

  constructor(
    readonly path: string,
    private readonly deadlineMs: number,
  ) {
    this.asked = new Promise((resolve) => (this.resolveAsked = resolve));
    this.answer = new Promise((resolve) => (this.resolveAnswer = resolve));
  }

  markAsked(): void {
    this.askedAtMs = performance.now();
    this.resolveAsked(this.askedAtMs);
  }

  /** Also for a question that was never put to a helper. */
  settle(answer: StatfsAnswer): void {
    this.resolveAnswer(answer);
    this.resolveAsked(performance.now());
  }

  ageMs(): number {
    return this.askedAtMs === undefined ? 0 : performance.now() - this.askedAtMs;
  }

  isOverdue(): boolean {
    return this.ageMs() > this.deadlineMs;
  }
}
