import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shownPath } from '../../../lib/bytePath';
import { excludedPath } from '../core/trees/excludes';
import type { ComparisonInput } from './comparison';
import type { ComparisonNode } from './items';

/** Globs for what is to be left out; of one line the user says how much. undefined when they leave. */
export async function askGlobs(nodes: readonly ComparisonNode[]): Promise<readonly string[] | undefined> {
  const chosen = nodes.flatMap((node) => (node.kind === 'folder' || node.kind === 'row' ? [targetOf(node)] : []));
  const [one, ...others] = chosen;
  if (one === undefined || others.length > 0) return chosen.map(({ path, isFolder }) => excludedPath(path, isFolder));
  const name = one.path.slice(one.path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const items = [
    { label: shownPath(one.path), description: l10n.t('only this'), glob: excludedPath(one.path, one.isFolder) },
    {
      label: shownPath(name),
      description: l10n.t('wherever it is'),
      glob: excludedPath(name, one.isFolder).replace(/^\//, ''),
    },
    ...(dot > 0 && !one.isFolder
      ? [
          {
            label: shownPath(`*${name.slice(dot)}`),
            description: l10n.t('all of this kind'),
            glob: `*${excludedPath(name.slice(dot), false).replace(/^\//, '')}`,
          },
        ]
      : []),
  ];
  const options = { title: l10n.t('Exclude from the Comparison'), placeHolder: l10n.t('What is to be left out?') };
  const choice = await vscode.window.showQuickPick(items, options);
  return choice && [choice.glob];
}

function targetOf(node: ComparisonNode & { kind: 'folder' | 'row' }): {
  readonly path: string;
  readonly isFolder: boolean;
} {
  if (node.kind === 'folder') return { path: node.path, isFolder: true };
  return { path: node.row.path, isFolder: (node.row.left ?? node.row.right)?.kind === 'directory' };
}

export function excluding(input: ComparisonInput, globs: readonly string[]): ComparisonInput {
  const before = input.exclude === undefined || input.exclude === '' ? [] : [input.exclude];
  return { ...input, exclude: [...before, ...globs].join(', ') };
}
