import type { TunnelState } from '../../tunnel';
import type { JoinCounts } from './join';

/** What a tunnel tells of itself. */
export class TunnelStatus implements JoinCounts {
  #phase: TunnelState['phase'] = 'open';
  #message = '';
  #openConnections = 0;
  #totalConnections = 0;
  #sentBytes = 0;
  #receivedBytes = 0;
  readonly #listeners = new Set<() => void>();

  get phase(): TunnelState['phase'] {
    return this.#phase;
  }

  state(): TunnelState {
    return {
      phase: this.#phase,
      openConnections: this.#openConnections,
      totalConnections: this.#totalConnections,
      sentBytes: this.#sentBytes,
      receivedBytes: this.#receivedBytes,
      message: this.#message,
    };
  }

  onChange(listener: () => void): () => void {
    // Wrapped, so that a function that is given twice can be taken back once.
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  enter(phase: TunnelState['phase'], message: string): void {
    if (this.#phase === 'closed') return;
    const isNew = phase !== this.#phase;
    this.#phase = phase;
    this.#message = message;
    if (isNew) for (const listener of [...this.#listeners]) listener();
  }

  connectionOpened(): void {
    this.#openConnections++;
    this.#totalConnections++;
  }

  connectionClosed(): void {
    this.#openConnections--;
  }

  connectionFailed(message: string): void {
    if (this.#phase === 'open') this.#message = message;
  }

  sent(bytes: number): void {
    this.#sentBytes += bytes;
  }

  received(bytes: number): void {
    this.#receivedBytes += bytes;
  }
}
