import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError } from '../../../lib/errors';
import type { EditorHost } from '../../../editor/feature';
import type { ShowResult } from '../core/text/showSchema';
import { localName } from '../../../machine/machines';
import { askArchive } from './askSide';
import type { ComparisonInput } from './comparison';
import { askRevision } from './gitRefs';
import { isPlace, placeOf } from './places';

const ARCHIVE = /\.(?:tar|tar\.gz|tgz|zip)$/i;
const selectedKey = 'opsdeck.selectedForComparison';

interface Chosen {
  readonly uri: vscode.Uri;
  readonly isFolder: boolean;
}

/** What is compared from the Explorer's menu: two files in the diff editor, folders in the view. */
export class ExplorerComparison {
  private selected: Chosen | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly compareFolders: (input: ComparisonInput) => Promise<void>,
  ) {}

  /** Until another one is, or the window ends. */
  async select(clicked: unknown): Promise<void> {
    this.selected = await chosenOf(clicked);
    await vscode.commands.executeCommand('setContext', selectedKey, this.selected.isFolder ? 'folder' : 'file');
    const name = vscode.workspace.asRelativePath(this.selected.uri);
    vscode.window.setStatusBarMessage(l10n.t('{0} is selected. Now choose what it is compared with.', name), 6_000);
  }

  async withSelected(clicked: unknown): Promise<void> {
    if (this.selected === undefined)
      throw new ExpectedError(
        'not-ready',
        l10n.t('Nothing is selected. Use “Select for Comparison” on a file or folder first.'),
      );
    await this.compare(this.selected, await chosenOf(clicked));
  }

  async both(clicked: unknown, selection: unknown): Promise<void> {
    const uris = (Array.isArray(selection) ? selection : [clicked]) as readonly unknown[];
    const [left, right, ...others] = uris;
    if (left === undefined || right === undefined || others.length > 0)
      throw new ExpectedError('invalid-input', l10n.t('Select two files or two folders in the Explorer.'));
    await this.compare(await chosenOf(left), await chosenOf(right));
  }

  /** What was packed or written down of a folder, with how it is now. */
  async withArchive(clicked: unknown): Promise<void> {
    const { uri } = await chosenOf(clicked);
    const archive = await askArchive();
    if (archive !== undefined) await this.compareFolders({ left: archive, right: placeOf(uri) });
  }

  /** How a revision has it, with how it is now. */
  async withRevision(clicked: unknown): Promise<void> {
    const { uri, isFolder } = await chosenOf(clicked);
    const source = await askRevision(uri);
    if (source === undefined) return;
    if (isFolder) return this.compareFolders({ left: source, right: placeOf(uri) });
    const request = { tool: 'compare.show', input: { source }, machine: localName };
    const { text, label } = (await this.host.resultOf(request, new AbortController().signal)) as ShowResult;
    if (text === null) {
      const input = { left: source, right: placeOf(uri) };
      return void (await vscode.commands.executeCommand('opsdeck.compare.texts', { input, machine: localName }));
    }
    const title = l10n.t('{0} ↔ {1}', label, vscode.workspace.asRelativePath(uri));
    const left = this.host.texts.add(uri.path.replace(/^\/+/, ''), text);
    await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: true });
  }

  private async compare(left: Chosen, right: Chosen): Promise<void> {
    const isTree = ({ uri, isFolder }: Chosen): boolean => isFolder || ARCHIVE.test(uri.path);
    // A file with a folder may be a manifest: the tool tells where it is none.
    if (left.isFolder || right.isFolder || (isTree(left) && isTree(right)))
      return this.compareFolders({ left: placeOf(left.uri), right: placeOf(right.uri) });
    const [one, other] = [left.uri, right.uri].map((uri) => vscode.workspace.asRelativePath(uri));
    const title = l10n.t('{0} ↔ {1}', one ?? '', other ?? '');
    await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri, title, { preview: true });
  }
}

/** What was clicked; from the palette, the file of the editor. */
async function chosenOf(clicked: unknown): Promise<Chosen> {
  const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined || !isPlace(uri))
    throw new ExpectedError('invalid-input', l10n.t('Choose a file or folder in the Explorer, or open a file.'));
  const { type } = await vscode.workspace.fs.stat(uri);
  return { uri, isFolder: (type & vscode.FileType.Directory) !== 0 };
}
