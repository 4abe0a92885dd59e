const MOST_CURRENT = 5;

/** How far the files are that are copied just now, and what was found of them; part of a tally. */
export class FileProgress {
  /** Bytes at the target of files under way. */
  private readonly active = new Map<string, number>();
  verifiedFiles = 0;
  resumedFiles = 0;
  resumedBytes = 0;
  keptParts = 0;

  constructor(protected readonly changed: () => void) {}

  /** A file is under way, and so much of it is there. */
  at(relative: string, bytes: number): void {
    this.active.set(relative, bytes);
    this.changed();
  }

  sent(relative: string, bytes: number): void {
    this.at(relative, (this.active.get(relative) ?? 0) + bytes);
  }

  /** It is under way no more; without a name, none is. */
  protected leave(relative?: string): void {
    if (relative === undefined) this.active.clear();
    else this.active.delete(relative);
  }

  protected bytesUnderWay(): number {
    return [...this.active.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Some of them. */
  protected current(): string[] {
    return [...this.active.keys()].slice(0, MOST_CURRENT);
  }
}
