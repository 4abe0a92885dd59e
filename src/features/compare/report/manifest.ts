import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { machineWords } from '../../../machine/fileErrors';
import type { Block, Report } from '../../../report/model';
import type { ManifestResult } from '../core/trees/manifestInputs';
import { bytesText, grouped, wayText } from './words';

/** What was written down, and where. */
export function manifestReport(result: ManifestResult): Report {
  const { machine, folder, output, files, folders, others, bytes, sha256, sizeBytes, failureCount } = result;
  return {
    title: l10n.t('Manifest of {0}', machine === 'local' ? shownPath(folder) : `${machine}:${shownPath(folder)}`),
    verdict: verdictOf(result),
    status: result.state === 'reading' ? 'info' : failureCount > 0 ? 'error' : 'ok',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: l10n.t('Folder'), value: shownPath(folder), note: machineWords(machine), code: true },
          { label: l10n.t('Read'), value: wayText(result) },
          { label: l10n.t('Files'), value: files, unit: 'number', note: bytesText(bytes) },
          { label: l10n.t('Folders'), value: folders, unit: 'number' },
          { label: l10n.t('Others'), value: others, unit: 'number' },
          { label: l10n.t('Manifest'), value: shownPath(output), code: true },
          { label: l10n.t('Size'), value: sizeBytes, unit: 'bytes' },
          ...(sha256 === null ? [] : [{ label: 'SHA-256', value: sha256, code: true }]),
          { label: l10n.t('Time Taken'), value: result.elapsedMs / 1_000, unit: 'seconds' },
        ],
      },
      ...failureTable(result),
    ],
  };
}

function verdictOf({ state, files, folders, output, failureCount }: ManifestResult): string {
  if (state === 'reading') return l10n.t('{0} files are written down so far.', grouped(files));
  const place = shownPath(output);
  return failureCount > 0
    ? l10n.t(
        '{0} files are written down in {1}, but {2} paths could not be read.',
        grouped(files),
        place,
        grouped(failureCount),
      )
    : l10n.t('{0} files and {1} folders are written down in {2}.', grouped(files), grouped(folders), place);
}

function failureTable({ failures }: ManifestResult): readonly Block[] {
  if (failures.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'failures',
      title: l10n.t('Not Read'),
      columns: [
        { id: 'path', title: l10n.t('Path'), code: true },
        { id: 'reason', title: l10n.t('Reason') },
      ],
      rows: failures.map(({ path, reason }) => [shownPath(path === '' ? '.' : path), reason]),
    },
  ];
}
