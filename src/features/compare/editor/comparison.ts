import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { isUnderWay, type Holder, type Shown } from '../../../editor/session';
import { ExpectedError, isCancelled, messageOf } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { DirectoriesInput } from '../core/trees/inputs';
import type { MergeAsk } from '../core/trees/merged';
import type { PartAnswers, PartAsk, Summary } from '../core/trees/parts';

const TOOL = 'compare.directories';
/** What is saved in one go is looked at in one go. */
const GATHER_MS = 150;

export type ComparisonInput = Pick<DirectoriesInput, 'left' | 'right'> & Partial<DirectoriesInput>;

/** The comparison that the view shows: one run of the tool, and what has been looked at again since. */
export class Comparison implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Its state, its counts, or what is asked. */
  readonly onDidChange = this.changed.event;
  private asked: ComparisonInput | undefined;
  private holder: Holder | undefined;
  private readonly touched = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private isRenewing = false;
  private trouble = '';

  constructor(private readonly host: EditorHost) {}

  /** undefined while there is none. */
  get input(): ComparisonInput | undefined {
    return this.asked;
  }

  get shown(): Shown | undefined {
    return this.holder?.session.shown;
  }

  /** undefined until there is a first result. */
  get summary(): Summary | undefined {
    return this.shown?.result as Summary | undefined;
  }

  get isRunning(): boolean {
    return this.shown !== undefined && isUnderWay(this.shown);
  }

  /** Why what was changed could not be looked at again; empty where it could. */
  get renewalTrouble(): string {
    return this.trouble;
  }

  start(input: ComparisonInput): void {
    const before = this.holder;
    this.forget();
    this.asked = input;
    this.holder = this.host.holdLive({ tool: TOOL, input, machine: localName }, () => this.look(), true);
    before?.dispose();
    // A report of the same may have been open since long ago.
    if (!this.isRunning) this.holder.session.restart();
    this.changed.fire();
  }

  again(): void {
    this.forget();
    this.holder?.session.restart();
  }

  /** What was found stays. */
  cancel(): void {
    this.holder?.session.cancel();
  }

  close(): void {
    const before = this.holder;
    this.forget();
    this.asked = undefined;
    this.holder = undefined;
    before?.dispose();
    this.changed.fire();
  }

  /** Rejects with ExpectedError where there is no result. */
  async part<Ask extends PartAsk>(ask: Ask): Promise<PartAnswers[Ask['kind']]> {
    if (this.holder === undefined) throw new ExpectedError('not-ready', '');
    return (await this.holder.session.part(ask)) as PartAnswers[Ask['kind']];
  }

  /** Looks again at these paths and what is below them, and at nothing else. */
  renew(paths: readonly string[]): void {
    for (const path of paths) this.touched.add(path);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.renewTouched();
    }, GATHER_MS);
  }

  dispose(): void {
    this.forget();
    this.holder?.dispose();
    this.changed.dispose();
  }

  private forget(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    this.touched.clear();
    this.trouble = '';
  }

  private look(): void {
    this.changed.fire();
    // What was changed in the middle of it may have been looked at before.
    if (!this.isRunning && this.touched.size > 0) void this.renewTouched();
  }

  private async renewTouched(): Promise<void> {
    if (this.isRenewing || this.isRunning) return;
    this.isRenewing = true;
    try {
      while (this.touched.size > 0 && !this.isRunning) {
        const paths = [...this.touched];
        this.touched.clear();
        await this.renewNow(paths);
      }
    } finally {
      this.isRenewing = false;
    }
  }

  private async renewNow(changed: readonly string[]): Promise<void> {
    const { holder, asked } = this;
    if (holder === undefined || asked === undefined) return;
    try {
      const paths = await this.part({ kind: 'touched', paths: changed });
      // Such a name cannot be told by itself.
      if (paths.some((path) => path.includes('\n'))) return this.again();
      const input: ComparisonInput = { ...asked, identical: true, closure: 'none', only: paths.join('\n') };
      const ask: MergeAsk = { paths, identical: asked.identical === true };
      const unending = new AbortController().signal;
      await this.host.amend(holder.session, { tool: TOOL, input, machine: localName }, ask, unending);
      this.trouble = '';
    } catch (error) {
      if (isCancelled(error) || this.holder !== holder) return;
      if (!(error instanceof ExpectedError)) this.host.log.error('What was changed could not be compared again', error);
      this.trouble = messageOf(error);
    }
    this.changed.fire();
  }
}
