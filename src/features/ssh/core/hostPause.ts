/** So long a host is left alone that could not be reached. */
const PAUSE_MS = 15_000;

/**
 * Hosts to which no connection came about. VS Code and other extensions look for dozens of files as soon as there is a
 * folder: each look would wait for the same deadline, and ask for the same password, again.
 */
export class HostPauses {
  private readonly failures = new Map<string, { readonly error: unknown; readonly untilMs: number }>();

  /** Throws what the last attempt failed with, while that is fresh. */
  refuse(host: string, nowMs: number): void {
    const failure = this.failures.get(host);
    if (failure === undefined) return;
    if (nowMs < failure.untilMs) throw failure.error;
    this.failures.delete(host);
  }

  failed(host: string, error: unknown, nowMs: number): void {
    this.failures.set(host, { error, untilMs: nowMs + PAUSE_MS });
  }

  /** It is reached after all, or the user asks for it. */
  forget(host: string): void {
    this.failures.delete(host);
  }
}
