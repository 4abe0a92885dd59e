/** So many folders of a host are followed; the one that was listed longest ago is left. */
const MAX_FOLDERS = 100;

export interface NameChanges {
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/** The names that were last seen in each folder, to tell what came and went since. */
export class FolderNames {
  private readonly folders = new Map<string, { names: ReadonlySet<string>; modifiedMs: number | undefined }>();

  listed(folder: string, names: readonly string[]): void {
    this.folders.delete(folder);
    this.folders.set(folder, { names: new Set(names), modifiedMs: undefined });
    const oldest = this.folders.size > MAX_FOLDERS ? this.folders.keys().next().value : undefined;
    if (oldest !== undefined) this.folders.delete(oldest);
  }

  get paths(): readonly string[] {
    return [...this.folders.keys()];
  }

  forget(folder: string): void {
    this.folders.delete(folder);
  }

  /** Whether it has to be listed again: it was changed, or not looked at since it was listed. */
  isStale(folder: string, modifiedMs: number): boolean {
    const known = this.folders.get(folder);
    if (known === undefined) return false;
    const isStale = known.modifiedMs !== modifiedMs;
    known.modifiedMs = modifiedMs;
    return isStale;
  }

  update(folder: string, names: readonly string[]): NameChanges {
    const known = this.folders.get(folder);
    if (known === undefined) return { added: [], gone: [] };
    const now = new Set(names);
    const changes = {
      added: names.filter((name) => !known.names.has(name)),
      gone: [...known.names].filter((name) => !now.has(name)),
    };
    known.names = now;
    return changes;
  }
}
