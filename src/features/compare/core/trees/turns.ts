import { otherSide, type Side } from './entry';

/** A side that is so many entries ahead of the other waits for it. */
const MOST_AHEAD = 20_000;

/** Lets two walks go side by side. Both never wait: where the folders come in different orders, memory has to do. */
export class Turns {
  private readonly ended = { left: false, right: false };
  private readonly waiting = { left: false, right: false };
  private wake: (() => void) | null = null;

  constructor(private readonly ahead: (side: Side) => number) {}

  async wait(side: Side): Promise<void> {
    const other = otherSide(side);
    while (this.ahead(side) > MOST_AHEAD && !this.ended[other] && !this.waiting[other]) {
      this.waiting[side] = true;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.waiting[side] = false;
    }
  }

  /** Something was taken: who waits looks again. */
  moved(): void {
    const wake = this.wake;
    this.wake = null;
    wake?.();
  }

  end(side: Side): void {
    this.ended[side] = true;
    this.moved();
  }
}
