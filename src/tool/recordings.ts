/** Bounded rings of timed values on the disk of the machine where Opsdeck itself runs. */
export interface Recordings {
  /** Adds a value and drops the oldest ones beyond the limit. `ring` is a name such as that of a machine. */
  append(ring: string, atMs: number, value: unknown, limits: RingLimits): Promise<void>;
  /** Ascending by time; empty where nothing was recorded. */
  list(ring: string): Promise<readonly RecordingEntry[]>;
  /** Throws ExpectedError('not-found') when it is not there any more, 'malformed' when it cannot be read. */
  read(ring: string, atMs: number): Promise<unknown>;
  /** Removes the whole ring. */
  clear(ring: string): Promise<void>;
}

export interface RingLimits {
  readonly maxBytes: number;
}

export interface RecordingEntry {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** On disk. */
  readonly sizeBytes: number;
}
