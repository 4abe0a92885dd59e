/** Several may wait here until something has changed; each then looks for itself whether that is what it waits for. */
export class Wakes {
  private readonly waiting: (() => void)[] = [];

  change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  stir(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}
