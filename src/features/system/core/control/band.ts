import type { ProcessStat } from '../kernel/processStat';
import type { Control, Target } from './act';
import { familyOf, membersOf, newcomers, type Family } from './family';
import type { ControlRow, Scope } from './schema';
import { readNames } from '../processes/names';
import { readTable, type Scene } from './subject';

/** The processes that one action is done to, with what came of each so far. Grows with what they start meanwhile. */
export class Band {
  private readonly found = new Map<number, Target>();
  private readonly outcomes = new Map<number, ControlRow>();
  private family: Family;

  private constructor(
    private readonly scene: Scene,
    scope: Scope,
  ) {
    this.family = familyOf(scene.table, scene.subject.stat, scope);
  }

  /** Opsdeck's own process is never in it. */
  static async gather(scene: Scene, scope: Scope, signal: AbortSignal): Promise<Band> {
    const band = new Band(scene, scope);
    const { pid, startTicks, name, user } = scene.subject;
    if (band.isSingle) band.found.set(pid, { pid, startTicks, name, user });
    else await band.add(membersOf(scene.table, scene.subject.stat, scope), signal);
    return band;
  }

  /** One process only: nobody can join it. */
  get isSingle(): boolean {
    return this.family.scope !== 'tree' && this.family.scope !== 'group';
  }

  /** In the order in which they are acted on: parents before their children. */
  get targets(): readonly Target[] {
    return [...this.found.values()];
  }

  get rows(): readonly ControlRow[] {
    return this.targets.flatMap(({ pid }) => this.outcomes.get(pid) ?? []);
  }

  row(pid: number): ControlRow | undefined {
    return this.outcomes.get(pid);
  }

  set(row: ControlRow): void {
    this.outcomes.set(row.pid, row);
  }

  /** Looks who has joined since the last look. One round trip, and one more for the names where somebody has. */
  async grow({ machine, signal }: Control): Promise<readonly Target[]> {
    if (this.isSingle) return [];
    return this.add(newcomers(await readTable(machine, signal), this.family), signal);
  }

  private async add(stats: readonly ProcessStat[], signal: AbortSignal): Promise<readonly Target[]> {
    const own = this.scene.machine.ownPid;
    const others = stats.filter((one) => one.pid !== own && one.pid !== 1);
    if (others.length === 0) return [];
    const names = await readNames(this.scene.machine, others, signal);
    const members = new Map(this.family.members);
    const added = others.map(({ pid, startTicks, name }) => {
      const known = names.get(pid);
      const target = { pid, startTicks, name: known?.name ?? name, user: known?.user ?? '?' };
      members.set(pid, startTicks);
      this.found.set(pid, target);
      return target;
    });
    this.family = { ...this.family, members };
    return added;
  }
}
