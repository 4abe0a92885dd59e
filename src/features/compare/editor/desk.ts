import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import { shownPath } from '../../../lib/bytePath';
import type { Layout } from '../core/trees/parts';
import type { DirectoryRow } from '../core/trees/schema';
import { askSide } from './askSide';
import { Comparison, type ComparisonInput } from './comparison';
import { askGlobs, excluding } from './exclude';
import { ExplorerComparison } from './explorer';
import { ComparisonHistory, pickPast } from './history';
import type { ComparisonNode } from './items';
import { openAll, openRow, openSide, reportRow, revealRow } from './open';
import { askOptions } from './options';
import { followSaves } from './saves';
import { followState } from './state';
import { Taking } from './take';
import { tryPatch } from './tryPatch';
import { ComparisonView } from './view';

/** What a person does with the comparison of the window: everything here is a command. */
export class ComparisonDesk {
  readonly comparison: Comparison;
  readonly explorer: ExplorerComparison;
  readonly taking: Taking;
  private readonly history: ComparisonHistory;
  private view: ComparisonView | undefined;

  constructor(private readonly host: EditorHost) {
    this.comparison = new Comparison(host);
    this.history = new ComparisonHistory(host.context.workspaceState);
    this.explorer = new ExplorerComparison(host, (input) => this.begin(input));
    this.taking = new Taking(host, this.comparison);
    host.context.subscriptions.push(
      this.comparison,
      this.taking,
      followState(this.comparison),
      followSaves(this.comparison),
    );
  }

  show(tree: vscode.TreeView<unknown>): ComparisonView {
    this.view = new ComparisonView(this.host, this.comparison, tree);
    this.host.context.subscriptions.push(this.view);
    return this.view;
  }

  async begin(input: ComparisonInput): Promise<void> {
    await this.history.add(input);
    this.comparison.start(input);
    await vscode.commands.executeCommand('opsdeck.comparison.focus');
  }

  async ask(): Promise<void> {
    const left = await askSide(l10n.t('Compare Folders: the Left Side'), this.history);
    if (left === undefined) return;
    const right = await askSide(l10n.t('Compare Folders: the Right Side'), this.history);
    if (right !== undefined) await this.begin({ left, right });
  }

  async askPast(): Promise<void> {
    const input = await pickPast(this.history);
    if (input !== undefined) await this.begin(input);
  }

  async swap(): Promise<void> {
    const { left, right, ...options } = this.input();
    await this.begin({ left: right, right: left, ...options });
  }

  async setOptions(): Promise<void> {
    const input = await askOptions(this.host, this.input());
    if (input !== undefined) await this.begin(input);
  }

  async setIdentical(identical: boolean): Promise<void> {
    const { identical: _before, ...rest } = this.input();
    await this.begin(identical ? { ...rest, identical } : rest);
  }

  async setLayout(layout: Layout): Promise<void> {
    await vscode.commands.executeCommand('opsdeck.comparison.focus');
    await this.view?.setLayout(layout);
  }

  again(): void {
    this.input();
    this.comparison.again();
  }

  async report(): Promise<void> {
    const input = this.input();
    await vscode.commands.executeCommand('opsdeck.compare.directories', { input, machine: localName });
  }

  async openAll(node: unknown): Promise<void> {
    await openAll(this.host, this.comparison, node as ComparisonNode | undefined);
  }

  async open(node: unknown): Promise<void> {
    await openRow(this.host, this.comparison, this.rowOf(node));
  }

  async openSide(node: unknown, side: 'left' | 'right'): Promise<void> {
    await openSide(this.host, this.comparison, this.rowOf(node), side);
  }

  async reveal(node: unknown): Promise<void> {
    await revealRow(this.comparison, this.rowOf(node));
  }

  async reportRow(node: unknown): Promise<void> {
    await reportRow(this.comparison, this.rowOf(node));
  }

  async exclude(node: unknown, selection: unknown): Promise<void> {
    const input = this.input();
    const globs = await askGlobs(this.nodesOf(node, selection));
    if (globs !== undefined && globs.length > 0) await this.begin(excluding(input, globs));
  }

  /** Looks again at what is chosen, and at nothing else. */
  renew(node: unknown, selection: unknown): void {
    this.comparison.renew(this.pathsOf(node, selection));
  }

  async copyPath(node: unknown, selection: unknown): Promise<void> {
    await vscode.env.clipboard.writeText(this.pathsOf(node, selection).map(shownPath).join('\n'));
  }

  async tryPatch(clicked: unknown): Promise<void> {
    await tryPatch(this.host, this.history, clicked);
  }

  /** Of rows and folders, all that are chosen in the view where the line is one of them. */
  nodesOf(node: unknown, selection: unknown): readonly ComparisonNode[] {
    if (Array.isArray(selection) && selection.length > 0) return selection as readonly ComparisonNode[];
    return node === undefined ? (this.view?.selection ?? []) : [node as ComparisonNode];
  }

  /** Paths of the comparison. */
  pathsOf(node: unknown, selection: unknown): readonly string[] {
    return this.nodesOf(node, selection).flatMap((one) =>
      one.kind === 'row' ? [one.row.path] : one.kind === 'folder' ? [one.path] : [],
    );
  }

  private rowOf(node: unknown): DirectoryRow {
    const [one] = this.nodesOf(node, undefined);
    if (one?.kind === 'row') return one.row;
    throw new ExpectedError('invalid-input', l10n.t('Choose a file in the view “Comparison” first.'));
  }

  private input(): ComparisonInput {
    const { input } = this.comparison;
    if (input !== undefined) return input;
    throw new ExpectedError('not-ready', l10n.t('There is no comparison yet. Compare two folders first.'));
  }
}
