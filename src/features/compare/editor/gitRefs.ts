import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parsePlace, placeText } from '../core/sources/place';
import { pickOrType } from '../../../editor/pickOrType';
import { withoutIcons } from '../../../lib/withoutIcons';
import { placeOf } from './places';

const MOST_REFS = 200;

/** What of VS Code's own git extension is used (extensions/git/src/api/git.d.ts). */
interface GitExtension {
  getAPI(version: 1): {
    getRepository(uri: vscode.Uri): {
      getRefs(query: { readonly count: number; readonly sort: 'committerdate' }): Promise<readonly GitRef[]>;
    } | null;
  };
}

interface GitRef {
  readonly name?: string;
  readonly commit?: string;
}

interface RefItem extends vscode.QuickPickItem {
  readonly ref: string;
}

/** A file or folder as a revision has it; undefined when the user leaves. */
export async function askRevision(uri: vscode.Uri): Promise<string | undefined> {
  const usual = ['HEAD', 'HEAD~1'].map((ref) => ({ label: ref, ref }));
  const choice = await pickOrType<RefItem>({
    title: l10n.t('Compare {0} with a Git Revision', vscode.workspace.asRelativePath(uri)),
    placeholder: l10n.t('A branch, tag or commit, such as HEAD~1'),
    items: usual,
    allItems: async () => [...usual, ...(await refsOf(uri))],
    typed: (text, items) => (text === '' || items.some(({ ref }) => ref === text) ? undefined : typedItem(text)),
  });
  if (choice === undefined) return undefined;
  const { ref } = choice;
  const { machine, path } = parsePlace(placeOf(uri));
  return machine === null ? `git:${ref}:${path}` : placeText(machine, `git:${ref}:${path}`);
}

function typedItem(typed: string): RefItem {
  const label = `$(arrow-right) ${withoutIcons(typed)}`;
  return { label, description: l10n.t('press Enter'), ref: typed, alwaysShow: true };
}

/** The repository's branches and tags, latest first; none where VS Code does not know it, as on hosts. */
async function refsOf(uri: vscode.Uri): Promise<readonly RefItem[]> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined || uri.scheme !== 'file') return [];
  try {
    const repository = (await extension.activate()).getAPI(1).getRepository(uri);
    const refs = (await repository?.getRefs({ count: MOST_REFS, sort: 'committerdate' })) ?? [];
    return refs.flatMap(({ name, commit = '' }) =>
      name === undefined ? [] : [{ label: withoutIcons(name), description: commit.slice(0, 12), ref: name }],
    );
  } catch {
    // Git is off or not installed: what is typed is judged by git itself.
    return [];
  }
}
