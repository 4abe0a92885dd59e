import { Wakes } from './wakes';

/** A side that is so many entries ahead of the others waits for them. */
const MOST_AHEAD = 20_000;

/** Lets walks go side by side. All never wait: where the folders come in different orders, memory has to do. */
export class Turns<Side> {
  private readonly ended = new Set<Side>();
  private readonly waiting = new Set<Side>();
  private readonly wakes = new Wakes();

  constructor(
    private readonly sides: readonly Side[],
    private readonly ahead: (side: Side) => number,
  ) {}

  async wait(side: Side): Promise<void> {
    while (this.ahead(side) > MOST_AHEAD && this.sides.some((other) => other !== side && this.isGoing(other))) {
      this.waiting.add(side);
      await this.wakes.change();
      this.waiting.delete(side);
    }
  }

  /** Something was taken: who waits looks again. */
  moved(): void {
    this.wakes.stir();
  }

  end(side: Side): void {
    this.ended.add(side);
    this.moved();
  }

  private isGoing(side: Side): boolean {
    return !this.ended.has(side) && !this.waiting.has(side);
  }
}
