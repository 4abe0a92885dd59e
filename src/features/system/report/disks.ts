import * as l10n from '@vscode/l10n';
import type { Action, Block, Report, Status } from '../../../report/model';
import type { DisksResult } from '../core/disks/schema';
import { devicesTable } from './disks/devices';
import { explanations } from './disks/explained';
import { spaceTable } from './disks/space';
import { disksVerdict } from './disks/verdict';
import { createWords } from './words';
import { machineName } from '../core/machineName';

export function disksReport(result: DisksResult): Report {
  const words = createWords();
  const actions = actionsOf(result);
  return {
    title:
      result.path === null
        ? l10n.t('Disks of {0}', machineName(result.machine))
        : l10n.t('The disk of {0} on {1}', result.path, machineName(result.machine)),
    verdict: disksVerdict(result, words),
    status: statusOf(result),
    blocks: [
      ...(result.path === null ? [] : explanations(result)),
      spaceTable(result),
      ...(result.path === null ? explanations(result) : []),
      ...(result.devices.length === 0 ? [] : [devicesTable(result)]),
      ...notes(result),
    ],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function statusOf({ findings, fileSystems }: DisksResult): Status {
  const worst = findings[0]?.severity;
  if (worst !== undefined) return worst;
  return fileSystems.some(({ totalBytes }) => totalBytes !== null) ? 'ok' : 'unknown';
}

function actionsOf({ fileSystems }: DisksResult): readonly Action[] {
  if (!fileSystems.some(({ deletedFiles }) => (deletedFiles ?? 0) > 0)) return [];
  return [{ kind: 'tool', label: l10n.t('Deleted Files Still Open'), tool: 'system.files', input: { deleted: true } }];
}

function notes({ deniedProcesses, problems }: DisksResult): readonly Block[] {
  const denied =
    deniedProcesses === null || deniedProcesses === 0
      ? []
      : [
          l10n.t(
            'Deleted files held by {0} other processes may only be seen by their owners or root.',
            deniedProcesses,
          ),
        ];
  return [...denied, ...problems].map((text) => ({ kind: 'text', style: 'note', text }));
}
