import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import { SIDES, type Side } from '../trees/entry';
import type { EntryFacts } from '../trees/schema';
import { Ground } from './ground';
import { backupsFolder, makeBackupFolder, newBackupId } from './place';
import { RecordWriter, keptOf, type Deed, type PutState, type RecordHead } from './record';
import { requireStill, type Seen } from './seen';
import type { SyncResult } from '../plan/schema';

/** The folders that are changed; null: that side is not. */
export type Roots = Readonly<Record<Side, { readonly machine: Machine; readonly root: string } | null>>;

export interface ChangesContext {
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
}

/** To be called just before the name is given; whether what has it is to be replaced by that. */
export type BeforeNamed = (signal: AbortSignal) => Promise<boolean>;

/** What is done to folders so that all of it can be taken back: each deed is written down before it is done. */
export class Changes {
  private files = 0;
  private bytes = 0;
  private readonly keeping = new Set<Side>();

  private constructor(
    private readonly backup: { readonly id: string; readonly writer: RecordWriter; readonly head: RecordHead['kept'] },
    private readonly grounds: Map<Side, Ground>,
  ) {}

  static async begin(task: RecordHead['task'], roots: Roots, { machines, signal }: ChangesContext): Promise<Changes> {
    const id = newBackupId(new Date());
    const local = await machines.open(localName, signal);
    const placeOf = async (side: Side): Promise<RecordHead['kept'][Side]> => {
      const root = roots[side];
      if (root === null) return null;
      return { machine: root.machine.name, path: `${await backupsFolder(root.machine, signal)}/${id}/${side}` };
    };
    const kept = { left: await placeOf('left'), right: await placeOf('right') };
    const folder = await makeBackupFolder(local, id, signal);
    const places = { left: given(roots.left), right: given(roots.right) };
    const writer = await RecordWriter.begin(local, folder, { task, takenAtMs: Date.now(), places, kept }, signal);
    const grounds = new Map<Side, Ground>();
    const changes = new Changes({ id, writer, head: kept }, grounds);
    for (const side of SIDES) {
      const [root, place] = [roots[side], kept[side]];
      if (root === null || place === null) continue;
      const note = (deed: Deed): Promise<void> => changes.note(deed);
      grounds.set(side, new Ground({ side, ...root, kept: place.path, backupId: id, note }));
    }
    return changes;
  }

  ground(side: Side): Ground {
    const ground = this.grounds.get(side);
    if (ground === undefined) throw new Error(`the ${side} side is not to be changed`);
    return ground;
  }

  async end(): Promise<void> {
    await this.backup.writer.end();
  }

  /** What is kept, and where. */
  told(): NonNullable<SyncResult['backup']> {
    const { id, head } = this.backup;
    return { id, files: this.files, bytes: this.bytes, folders: [...this.keeping].flatMap((side) => head[side] ?? []) };
  }

  /**
   * A file or link gets the name. `give` makes it and calls `beforeNamed` just before: then what had the name is looked
   * at, and kept. Should it fail, that is as it was.
   */
  async put(
    side: Side,
    path: string,
    { before, after }: { readonly before: EntryFacts | null; readonly after: PutState },
    give: (beforeNamed: BeforeNamed) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const ground = this.ground(side);
    await ground.enter(path, signal);
    let isNoted = false;
    let replaces: boolean | undefined;
    const beforeNamed: BeforeNamed = async (stop) => {
      if (replaces !== undefined) return replaces;
      await requireStill(ground.machine, ground.pathOf(path), before, stop);
      const keptBytes = before === null ? null : (before.sizeBytes ?? 0);
      // Once, however often the connection is lost.
      if (!isNoted) await this.note({ kind: 'put', side, path, keptBytes, after });
      isNoted = true;
      replaces = await keepFor(ground, path, { before, after }, stop);
      return replaces;
    };
    try {
      await give(beforeNamed);
      if (before !== null && after.kind === 'file') await this.giveOwner(ground, path, before, signal);
    } catch (error) {
      if (before !== null) await ground.putBack(path);
      throw error;
    }
  }

  /** What takes the place of a file belongs to whom that belonged, where this account can give it away. */
  private async giveOwner(ground: Ground, path: string, before: EntryFacts, signal: AbortSignal): Promise<void> {
    const { uid, gid } = before;
    const { machine } = ground;
    if (before.kind !== 'file' || uid === null || gid === null || machine.platform === 'win32') return;
    const now = await machine.files.stat(ground.pathOf(path), signal);
    if (now.uid === uid && now.gid === gid) return;
    try {
      await machine.files.change(ground.pathOf(path), { owner: { uid, gid } }, signal);
    } catch (error) {
      // Only root can.
      if (!(error instanceof ExpectedError && ['denied', 'failed'].includes(error.code))) throw error;
    }
  }

  /** A folder goes if it is empty; all else is kept. */
  async remove(side: Side, path: string, seen: EntryFacts, signal: AbortSignal): Promise<void> {
    const ground = this.ground(side);
    await requireStill(ground.machine, ground.pathOf(path), seen, signal);
    await ground.enter(path, signal);
    if (seen.kind === 'directory') {
      const { mode, modifiedMs } = seen;
      await this.note({ kind: 'folderGone', side, path, mode: mode ?? 0o755, modifiedMs: modifiedMs ?? 0 });
      return ground.machine.files.remove(ground.pathOf(path), signal);
    }
    await this.note({ kind: 'gone', side, path, keptBytes: seen.sizeBytes ?? 0 });
    await ground.keep(path, signal);
  }

  async makeFolder(side: Side, path: string, signal: AbortSignal): Promise<void> {
    const ground = this.ground(side);
    await requireStill(ground.machine, ground.pathOf(path), null, signal);
    await ground.enter(path, signal);
    await this.note({ kind: 'folderMade', side, path });
    await ground.machine.files.makeFolder(ground.pathOf(path), signal);
  }

  /** Mode and time of a file or folder. */
  async change(
    side: Side,
    path: string,
    seen: Seen & { readonly mode: number | null },
    change: { readonly mode?: number; readonly modifiedMs?: number },
    signal: AbortSignal,
  ): Promise<void> {
    const ground = this.ground(side);
    await requireStill(ground.machine, ground.pathOf(path), seen, signal);
    await ground.enter(path, signal);
    const { kind, sizeBytes, modifiedMs } = seen;
    const after = { kind, sizeBytes, modifiedMs: change.modifiedMs ?? modifiedMs };
    await this.note({ kind: 'changed', side, path, mode: seen.mode ?? 0o644, modifiedMs: modifiedMs ?? 0, after });
    await ground.machine.files.change(ground.pathOf(path), change, signal);
  }

  private note(deed: Deed): Promise<void> {
    const { files, bytes } = keptOf([deed]);
    this.files += files;
    if (files > 0) this.keeping.add(deed.side);
    this.bytes += bytes;
    return this.backup.writer.note(deed);
  }
}

/** Whether what had the name still has it. */
async function keepFor(
  ground: Ground,
  path: string,
  { before, after }: { readonly before: EntryFacts | null; readonly after: PutState },
  signal: AbortSignal,
): Promise<boolean> {
  if (before === null) return false;
  if (before.kind === 'file' && after.kind === 'file') return ground.keepReplaced(path, signal);
  await ground.keep(path, signal);
  return false;
}

function given(root: Roots[Side]): RecordHead['places'][Side] {
  return root === null ? null : { machine: root.machine.name, path: root.root };
}
