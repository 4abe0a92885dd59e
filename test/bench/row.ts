/** One line of `npm run bench`. */
export interface BenchRow {
  readonly what: string;
  /** Ours, with its unit. */
  readonly ours: string;
  /** The peer's in the same run, or why there is none. */
  readonly peer: string;
  /** Ours divided by the peer's; null without a peer. */
  readonly ratio: number | null;
  readonly budget: string;
  /** null where there is nothing to be held to. */
  readonly met: boolean | null;
}
