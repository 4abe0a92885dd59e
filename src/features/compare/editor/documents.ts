import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { EditorHost } from '../../../editor/feature';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { ShowResult } from '../core/text/showSchema';
import type { DirectoryRow, EntryFacts, SideResult } from '../core/trees/schema';
import { sideFile } from '../core/trees/sideFile';
import { uriIn } from './places';

/** VS Code's own bound for the files of a diff editor. */
const LARGEST_BYTES = 50 * 1024 * 1024;

/** How the file of a row is named by itself; null where the side holds no contents. */
export function sourceOf(row: DirectoryRow, side: 'left' | 'right', of: SideResult): string | null {
  const path = side === 'left' ? row.path : (row.movedTo ?? row.path);
  return row[side] === null || of.source === 'manifest' ? null : sideFile(of, path);
}

/**
 * What an editor shows of one side of a row: the file itself, or a text that was made of it; nothing where the side has
 * none. null where no editor can show it.
 */
export async function documentOf(
  host: EditorHost,
  row: DirectoryRow,
  side: 'left' | 'right',
  of: SideResult,
  signal: AbortSignal,
): Promise<vscode.Uri | null> {
  const path = side === 'left' ? row.path : (row.movedTo ?? row.path);
  const facts = row[side];
  const name = shownPath(path);
  if (facts === null) return host.texts.empty(name);
  if (row.difference === 'metadata') return host.texts.add(name, metadataText(facts));
  // Never what the link leads to.
  if (facts.kind === 'symlink') return host.texts.add(name, `${shownPath(facts.linkTarget ?? '')}\n`);
  if (facts.kind !== 'file' || (facts.sizeBytes ?? 0) > LARGEST_BYTES) return null;
  const uri = uriIn(of, path);
  if (uri !== undefined || of.source === 'folder') return uri ?? null;
  const source = sourceOf(row, side, of);
  if (source === null) throw noContent(row);
  const request = { tool: 'compare.show', input: { source }, machine: localName };
  const { text } = (await host.resultOf(request, signal)) as ShowResult;
  return text === null ? null : host.texts.add(name, text);
}

export function noContent({ path }: DirectoryRow): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t('There is no content of {0} on that side: a manifest holds only hashes.', shownPath(path)),
  );
}

function metadataText({ kind, sizeBytes, modifiedMs, mode, uid, gid }: EntryFacts): string {
  const lines = [
    `kind: ${kind}`,
    `mode: ${mode === null ? '?' : mode.toString(8).padStart(4, '0')}`,
    `owner: ${uid ?? '?'}:${gid ?? '?'}`,
    `modified: ${modifiedMs === null ? '?' : new Date(modifiedMs).toISOString()}`,
    ...(sizeBytes === null ? [] : [`size: ${sizeBytes}`]),
  ];
  return `${lines.join('\n')}\n`;
}
