import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ExpectedError } from '../../../lib/errors';
import { askManifest } from './askSide';
import type { ComparisonInput } from './comparison';
import { isPlace, placeOf } from './places';

const selectedKey = 'opsdeck.selectedForComparison';

interface Chosen {
  readonly uri: vscode.Uri;
  readonly isFolder: boolean;
}

/** What is compared from the Explorer's menu: two files in the diff editor, folders in the view. */
export class ExplorerComparison {
  private selected: Chosen | undefined;

  constructor(private readonly compareFolders: (input: ComparisonInput) => Promise<void>) {}

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

  /** What was written down of a folder, with how it is now. */
  async withManifest(clicked: unknown): Promise<void> {
    const { uri } = await chosenOf(clicked);
    const manifest = await askManifest();
    if (manifest !== undefined) await this.compareFolders({ left: manifest, right: placeOf(uri) });
  }

  private async compare(left: Chosen, right: Chosen): Promise<void> {
    // A file with a folder: it may be a manifest; the tool tells where it is none.
    if (left.isFolder || right.isFolder)
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
