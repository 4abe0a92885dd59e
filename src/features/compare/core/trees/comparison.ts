import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { LiveWork } from '../../../../lib/liveResults';
import { ClosureLists } from './closure';
import { SIDES, type Side } from './entry';
import { ignoredNames, type DirectoriesInput } from './inputs';
import { FolderJoin } from './join';
import { MovedFiles } from './moved';
import { foldedName } from './pairing';
import type { DifferenceKind, DirectoriesResult } from './schema';
import type { TreeSide } from './side';
import { Tally } from './tally';
import { Turns } from './turns';
import { Walking, type WalkingParts } from './walking';

export interface ComparisonExtent {
  /** Rows beyond are only counted. Default: as many as a result holds. */
  readonly mostRows?: number;
  /** What is in a folder that only one side has are rows too, not only a number of its row. */
  readonly rowsInside?: boolean;
}

/** Two trees, compared while both are walked. */
export class TreeComparison implements LiveWork<DirectoriesResult> {
  private readonly startedMs = Date.now();
  private readonly startedAt = performance.now();
  private endedAt: number | null = null;
  private state: DirectoriesResult['state'] = 'comparing';
  private readonly tally: Tally;
  private readonly join: FolderJoin;
  private readonly turns: Turns<Side>;
  private readonly moved: MovedFiles | null;
  private readonly closure: ClosureLists | null;
  /** What becomes of what is in a folder that is not paired; null: it was told by the folder. */
  private readonly alone: Readonly<Record<Side, Map<string, DifferenceKind | null>>> = {
    left: new Map(),
    right: new Map(),
  };
  private readonly contentBy: DirectoriesResult['contentBy'];
  private changed: () => void = () => undefined;

  constructor(
    private readonly input: DirectoriesInput,
    private readonly sides: Readonly<Record<Side, TreeSide>>,
    private readonly extent: ComparisonExtent = {},
  ) {
    this.tally = new Tally(input.identical, extent.mostRows);
    this.join = new FolderJoin(input.ignoreCase ? foldedName : (path) => path);
    this.turns = new Turns(SIDES, (side) => this.join.ahead(side));
    this.moved = input.moved ? new MovedFiles() : null;
    this.closure = input.closure === 'none' ? null : new ClosureLists();
    this.contentBy = input.mode === 'size' ? 'none' : readsBytes(input, sides) ? 'bytes' : 'hash';
  }

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    this.changed = changed;
    const stop = new AbortController();
    const cancel = (): void => stop.abort();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      await new Walking(this.parts(stop)).run();
      this.state = SIDES.some((side) => this.sides[side].told.stopReason !== null) ? 'stopped' : 'done';
    } catch (error) {
      if (signal.aborted && isCancelled(error)) this.state = 'cancelled';
      else if (error instanceof ExpectedError) this.stopped(error);
      else throw error;
    } finally {
      stop.abort();
      signal.removeEventListener('abort', cancel);
      this.endedAt = performance.now();
      changed();
    }
  }

  result(): DirectoriesResult {
    const { left, right } = this.sides;
    return {
      state: this.state,
      mode: this.input.mode,
      contentBy: this.contentBy,
      sides: [{ ...left.told }, { ...right.told }],
      counts: { ...this.tally.counts },
      commonFolders: this.tally.commonFolders,
      rows: this.tally.rows(),
      rowsLeftOut: this.tally.rowsLeftOut,
      closure: this.closure?.text({ left: left.root, right: right.root }, this.input.closure) ?? null,
      ignored: [...ignoredNames(this.input.ignore)],
      startedMs: this.startedMs,
      elapsedMs: Math.round((this.endedAt ?? performance.now()) - this.startedAt),
    };
  }

  private stopped(error: ExpectedError): void {
    this.state = 'stopped';
    if (SIDES.every((side) => this.sides[side].told.stopReason === null))
      this.sides.right.told.stopReason = error.message;
  }

  private parts(stopping: AbortController): WalkingParts {
    const { signal } = stopping;
    const stop = (): void => stopping.abort();
    const { input, sides, tally, join, turns, moved, closure, alone, contentBy } = this;
    const changed = (): void => this.changed();
    const { rowsInside = false } = this.extent;
    return { rowsInside, input, sides, tally, join, turns, moved, closure, alone, contentBy, signal, stop, changed };
  }
}

/** Bytes can be compared where both are on one machine that can read them there; over there, by hashes. */
function readsBytes(input: DirectoriesInput, { left, right }: Readonly<Record<Side, TreeSide>>): boolean {
  const areFolders = left.told.source === 'folder' && right.told.source === 'folder';
  return input.mode !== 'hash' && areFolders && left.machine === right.machine && left.machine.name === 'local';
}
