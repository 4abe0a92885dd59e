import * as l10n from '@vscode/l10n';
import type { Action, Block, Report, Status } from '../../../report/model';
import type { FilesResult } from '../core/files/schema';
import { deletedTable } from './files/deleted';
import { summaryBlocks } from './files/summary';
import { obstaclesTable, targetFacts, usersTable, usesTable } from './files/uses';
import { filesVerdict } from './files/verdict';
import { createWords } from './words';
import { machineName } from '../core/machineName';

export function filesReport(result: FilesResult): Report {
  const words = createWords();
  const actions = actionsOf(result);
  return {
    title: titleOf(result),
    verdict: filesVerdict(result, words),
    status: statusOf(result),
    blocks: [...blocksOf(result), ...deniedNote(result), ...problemNotes(result)],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function titleOf({ question, target, machine }: FilesResult): string {
  const path = target?.asked ?? '';
  switch (question) {
    case 'file':
    case 'folder':
      return l10n.t('Who uses {0} on {1}', path, machineName(machine));
    case 'mount':
      return l10n.t('Who uses the file system of {0} on {1}', path, machineName(machine));
    case 'deleted':
      return l10n.t('Deleted files still open on {0}', machineName(machine));
    case 'summary':
      return l10n.t('Open files of {0}', machineName(machine));
  }
}

function statusOf({ question, uses, obstacles, target, seen, problems }: FilesResult): Status {
  if (question === 'deleted' || question === 'summary') return 'info';
  const held = uses.length > 0 || obstacles.length > 0;
  if (question === 'mount' && held) return 'warning';
  if (held) return 'info';
  // Nobody is only known where everybody could be looked at.
  return seen.denied > 0 || target?.exists === null || problems.length > 0 ? 'unknown' : 'ok';
}

function blocksOf(result: FilesResult): readonly Block[] {
  switch (result.question) {
    case 'file':
    case 'folder':
    case 'mount':
      return [usersTable(result), ...obstaclesTable(result), usesTable(result), targetFacts(result)];
    case 'deleted':
      return [deletedTable(result)];
    case 'summary':
      return [...summaryBlocks(result), deletedTable(result)];
  }
}

/** What one asks next. */
function actionsOf({ question, target }: FilesResult): readonly Action[] {
  const tool = 'system.files';
  if (question === 'summary')
    return [{ kind: 'tool', label: l10n.t('Deleted Files in Full'), tool, input: { deleted: true } }];
  if (target === null) return [];
  const path = target.path;
  const below: Action = { kind: 'tool', label: l10n.t('And All Below'), tool, input: { path, recursive: true } };
  const mount: Action = { kind: 'tool', label: l10n.t('Whole File System'), tool, input: { path, mount: true } };
  const again: Action = { kind: 'tool', label: l10n.t('Look Again'), tool, input: inputOf(question, path) };
  return [
    again,
    ...(question === 'file' && target.kind === 'directory' ? [below] : []),
    ...(question === 'file' || question === 'folder' ? [mount] : []),
  ];
}

function inputOf(question: FilesResult['question'], path: string): Readonly<Record<string, unknown>> {
  return {
    path,
    ...(question === 'folder' ? { recursive: true } : {}),
    ...(question === 'mount' ? { mount: true } : {}),
    ...(question === 'deleted' ? { deleted: true } : {}),
  };
}

function deniedNote({ seen }: FilesResult): readonly Block[] {
  if (seen.denied === 0) return [];
  return [
    {
      kind: 'text',
      style: 'note',
      text: l10n.t(
        'The files of {0} of {1} processes may only be seen by their owners or root. Run it as root to see them too.',
        seen.denied,
        seen.processes,
      ),
    },
  ];
}

function problemNotes({ problems }: FilesResult): readonly Block[] {
  return problems.map((text) => ({ kind: 'text', style: 'note', text, status: 'warning' }));
}
