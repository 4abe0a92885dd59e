import type * as vscode from 'vscode';
import type { Change } from '../tool/tool';

/** A change that was made to a machine, and how to take it back. */
export interface JournalEntry {
  readonly id: number;
  readonly atMs: number;
  readonly machine: string;
  readonly tool: string;
  readonly what: string;
  readonly undo: Change['undo'];
  /** Set once it was taken back. */
  readonly undoneAtMs?: number;
}

const key = 'journal';
const kept = 200;

/** What was changed with Opsdeck, newest first; kept on this machine over restarts. */
export class Journal {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly onChange: () => void,
  ) {}

  list(): readonly JournalEntry[] {
    return this.memory.get<readonly JournalEntry[]>(key, []);
  }

  async add(machine: string, tool: string, changes: readonly Change[], atMs: number): Promise<readonly JournalEntry[]> {
    const entries = this.list();
    const first = (entries[0]?.id ?? 0) + 1;
    const added = changes
      .map((change, index) => ({ id: first + index, atMs, machine, tool, what: change.what, undo: change.undo }))
      .reverse();
    await this.store([...added, ...entries].slice(0, kept));
    return added;
  }

  async markUndone(id: number, atMs: number): Promise<void> {
    await this.store(this.list().map((entry) => (entry.id === id ? { ...entry, undoneAtMs: atMs } : entry)));
  }

  async clear(): Promise<void> {
    await this.store([]);
  }

  private async store(entries: readonly JournalEntry[]): Promise<void> {
    await this.memory.update(key, entries);
    this.onChange();
  }
}
