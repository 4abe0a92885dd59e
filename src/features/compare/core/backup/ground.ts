import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { below } from '../../../../machine/treePaths';
import { parentOf } from '../../../../machine/treePaths';
import type { Side } from '../trees/entry';
import { moveFile } from './moveFile';
import { makeBackupFolder, makeFolderOnce } from './place';
import type { Deed } from './record';

/** What a step back may take when the connection is slow. */
const BACK_MS = 30_000;

export interface GroundParts {
  readonly side: Side;
  readonly machine: Machine;
  readonly root: string;
  /** Where that side keeps what is replaced or deleted; made when it is needed. */
  readonly kept: string;
  readonly backupId: string;
  readonly note: (deed: Deed) => Promise<void>;
}

/** A folder that is changed: nothing is lost of it, nothing outside of it is reached, nothing is done to what changed. */
export class Ground {
  private readonly folders = new Map<string, Promise<void>>();
  private readonly keptFolders = new Map<string, Promise<void>>();

  constructor(private readonly parts: GroundParts) {}

  get machine(): Machine {
    return this.parts.machine;
  }

  pathOf(path: string): string {
    return below(this.parts.root, path);
  }

  /** Before something in its folder is changed: no link leads out of the tree on the way there, and its time is noted. */
  async enter(path: string, signal: AbortSignal): Promise<void> {
    if (path === '') return;
    const folder = relativeParent(path);
    await once(this.folders, folder, async () => {
      if (folder !== '') await this.enter(folder, signal);
      const stat = await this.machine.files.stat(this.pathOf(folder), signal);
      if (stat.kind !== 'directory') {
        throw new ExpectedError('not-a-folder', l10n.t('{0} is no folder any more', shownPath(folder)));
      }
      await this.note({ kind: 'touched', side: this.parts.side, path: folder, modifiedMs: stat.modifiedMs });
    });
  }

  note(deed: Deed): Promise<void> {
    return this.parts.note(deed);
  }

  /**
   * Moves a file or link to where it is kept, by the same path. At once: without `overwrite` a server may give it the
   * new name before it takes the old one away, and be cut off in between.
   */
  async keep(path: string, signal: AbortSignal): Promise<void> {
    await this.makeKept(relativeParent(path), signal);
    await moveFile(this.machine, this.pathOf(path), this.keptPath(path), { overwrite: true, signal });
  }

  /**
   * As `keep`, of a file that is about to be replaced: where the machine can, it has its name until then, so that who
   * reads it meanwhile finds it. Whether it still has.
   */
  async keepReplaced(path: string, signal: AbortSignal): Promise<boolean> {
    await this.makeKept(relativeParent(path), signal);
    try {
      await this.machine.files.hardLink(this.pathOf(path), this.keptPath(path), signal);
      return true;
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
    }
    await this.keep(path, signal);
    return false;
  }

  /** What was kept gets its name back, where nothing has it: also after a cancel. */
  async putBack(path: string): Promise<void> {
    const signal = AbortSignal.timeout(BACK_MS);
    try {
      await moveFile(this.machine, this.keptPath(path), this.pathOf(path), { overwrite: false, signal });
    } catch {
      // Not reached, or nothing was kept yet: the record knows of it, and the first error tells more.
    }
  }

  keptPath(path: string): string {
    return below(this.parts.kept, path);
  }

  private makeKept(folder: string, signal: AbortSignal): Promise<void> {
    return once(this.keptFolders, folder, async () => {
      if (folder !== '') {
        await this.makeKept(relativeParent(folder), signal);
        return makeFolderOnce(this.machine, this.keptPath(folder), signal);
      }
      await makeBackupFolder(this.machine, this.parts.backupId, signal);
      await makeFolderOnce(this.machine, this.parts.kept, signal);
    });
  }
}

/** The same work is done once; after a failure it may be tried again. */
function once(done: Map<string, Promise<void>>, key: string, work: () => Promise<void>): Promise<void> {
  const known = done.get(key);
  if (known !== undefined) return known;
  const doing = work();
  done.set(key, doing);
  doing.catch(() => done.delete(key));
  return doing;
}

function relativeParent(path: string): string {
  return path.includes('/') ? parentOf(path) : '';
}
