import type * as vscode from 'vscode';
import type { RunRequest } from '../report/protocol';

/** A question worth asking again, under the user's own name. */
export interface SavedRun {
  readonly name: string;
  readonly request: RunRequest;
}

const key = 'savedRuns';

/** Saved questions by name, sorted; kept on this machine over restarts. */
export class SavedRuns {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly onChange: () => void,
  ) {}

  list(): readonly SavedRun[] {
    return this.memory.get<readonly SavedRun[]>(key, []);
  }

  /** Takes the place of one with the same name. */
  async save(run: SavedRun): Promise<void> {
    const others = this.list().filter((other) => other.name !== run.name);
    await this.store([...others, run].sort((one, other) => one.name.localeCompare(other.name)));
  }

  async remove(name: string): Promise<void> {
    await this.store(this.list().filter((run) => run.name !== name));
  }

  private async store(runs: readonly SavedRun[]): Promise<void> {
    await this.memory.update(key, runs);
    this.onChange();
  }
}
