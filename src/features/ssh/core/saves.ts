/** What is known of a file's state, beside its content. */
export interface FileState {
  readonly modifiedMs: number;
  readonly sizeBytes: number;
}

const MAX_KEPT = 1_000;

/**
 * What the content in an editor is based on, to find out before it is saved that somebody else has written the file.
 * VS Code finds that itself where the file is newer *and* of another size; times on a host have the grain of a second,
 * and a setting from 1 to 2 keeps the size.
 */
export class Saves {
  private readonly seen = new Map<string, FileState>();
  private readonly based = new Map<string, FileState>();
  private readonly written = new Set<string>();

  /** The file was looked at. */
  looked(file: string, { modifiedMs, sizeBytes }: FileState): void {
    const state = { modifiedMs, sizeBytes };
    keep(this.seen, file, state);
    // The first look after our own writing shows what we have written.
    if (this.written.delete(file)) keep(this.based, file, state);
  }

  /** Its content was given to somebody who had looked at it before. */
  read(file: string): void {
    const state = this.seen.get(file);
    if (state !== undefined) keep(this.based, file, state);
  }

  wrote(file: string): void {
    this.based.delete(file);
    this.written.add(file);
  }

  /** Whether it is another one than what was read, so that VS Code does not notice. It has just looked. */
  isChangedUnseen(file: string): boolean {
    const before = this.based.get(file);
    const now = this.seen.get(file);
    if (before === undefined || now === undefined) return false;
    const isNewer = now.modifiedMs > before.modifiedMs;
    const hasOtherSize = now.sizeBytes !== before.sizeBytes;
    const isChanged = hasOtherSize || now.modifiedMs !== before.modifiedMs;
    return isChanged && !(isNewer && hasOtherSize);
  }
}

function keep(map: Map<string, FileState>, file: string, state: FileState): void {
  map.delete(file);
  map.set(file, state);
  const oldest = map.size > MAX_KEPT ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
