import { setTimeout as pause } from 'node:timers/promises';
import { Program, type ProgramParts } from './program';
import type { RunResult } from './schema';

/** Results come no closer than this, however much is written. */
const LEAST_PAUSE_MS = 100;

/**
 * Runs a program: live a result whenever there is something new and the consumer asks for one, then the last one;
 * otherwise only that. Who ends the iteration early ends the program.
 */
export async function* runProgram(
  parts: Omit<ProgramParts, 'changed'>,
  live: boolean,
): AsyncGenerator<RunResult, void, undefined> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  parts.signal.addEventListener('abort', cancel, { once: true });
  if (parts.signal.aborted) cancel();
  const news = new News();
  const program = new Program({ ...parts, signal: stop.signal, changed: () => news.tell() });
  const end = program.run().finally(() => news.end());
  // It is awaited below, but a result may be with the consumer when it fails.
  end.catch(() => undefined);
  try {
    while (live && (await news.next())) {
      yield program.result();
      await Promise.race([pause(LEAST_PAUSE_MS), end]);
    }
    await end;
    yield program.result();
  } finally {
    stop.abort();
    parts.signal.removeEventListener('abort', cancel);
    await end.catch(() => undefined);
  }
}

/** Tells that something is new since the last time somebody asked. */
class News {
  /** The beginning is news. */
  private isNew = true;
  private isOver = false;
  private wake: (() => void) | null = null;

  tell(): void {
    this.isNew = true;
    this.wake?.();
  }

  end(): void {
    this.isOver = true;
    this.wake?.();
  }

  /** false when nothing more will come. */
  async next(): Promise<boolean> {
    if (!this.isNew && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = null;
    this.isNew = false;
    return !this.isOver;
  }
}
