import type { LiveWork } from '../../../../lib/liveResults';
import { Attempts } from '../../../../machine/copy/attempts';
import { localName } from '../../../../machine/machines';
import { keepWithin, type Bounds } from '../backup/bounds';
import { Changes, type ChangesContext, type Roots } from '../backup/changes';
import { ChangeTally, type TallyStart } from '../backup/tally';
import type { SyncResult } from '../plan/schema';
import { SIDES } from '../trees/entry';

export interface RecordedParts {
  readonly task: 'sync' | 'patch';
  readonly start: Omit<TallyStart, 'task'>;
  readonly roots: Roots;
  readonly bounds: Bounds;
  readonly context: ChangesContext;
}

/** What changes folders and keeps a record of that, by which all of it can be taken back. */
export abstract class RecordedWork implements LiveWork<SyncResult> {
  protected readonly attempts = new Attempts();
  protected tally: ChangeTally;

  constructor(private readonly recorded: RecordedParts) {
    this.tally = this.newTally(() => undefined);
  }

  protected abstract carryOut(changes: Changes): Promise<void>;

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    const { task, roots, context } = this.recorded;
    this.tally = this.newTally(changed);
    const changes = await Changes.begin(task, roots, context);
    this.tally.keeps(() => changes.told());
    const end = await this.attempts.run(() => this.carryOut(changes), signal).finally(() => changes.end());
    // After a cancel nothing more is done.
    if (end.state === 'done' && !signal.aborted) this.tally.keepsInAll(await this.keepWithin(changes));
    this.tally.over(end);
  }

  result(): SyncResult {
    return this.tally.result();
  }

  private newTally(changed: () => void): ChangeTally {
    const { task, start } = this.recorded;
    return new ChangeTally({ ...start, task }, changed);
  }

  private async keepWithin(changes: Changes): Promise<SyncResult['kept']> {
    const { roots, bounds, context } = this.recorded;
    const machines = new Set([localName, ...SIDES.flatMap((side) => roots[side]?.machine.name ?? [])]);
    return keepWithin(bounds, changes.told().id, machines, context);
  }
}
