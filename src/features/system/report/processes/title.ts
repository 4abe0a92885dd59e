import * as l10n from '@vscode/l10n';
import { isSelective } from '../../core/processes/query';
import type { ProcessesResult, SortKey } from '../../core/processes/schema';
import type { Words } from '../words';
import { machineName } from '../../core/machineName';

/** 'Processes on web1', or with what was asked for. */
export function titleText({ machine, filter }: ProcessesResult, words: Words): string {
  if (!isSelective(filter)) return l10n.t('Processes on {0}', machineName(machine));
  const { name, user, port, file, memoryOverBytes, limit, sort } = filter;
  const parts = [
    name === null ? null : name,
    user === null ? null : l10n.t('user {0}', user),
    port === null ? null : l10n.t('port {0}', port),
    file,
    memoryOverBytes === null ? null : l10n.t('over {0}', words.bytes(memoryOverBytes)),
    limit === null ? null : l10n.t('top {0} by {1}', limit, sortText(sort)),
  ].filter((part) => part !== null);
  return l10n.t('Processes on {0}: {1}', machineName(machine), parts.join(l10n.t(', ')));
}

function sortText(sort: SortKey): string {
  switch (sort) {
    case 'cpu':
      return l10n.t('CPU');
    case 'memory':
      return l10n.t('memory');
    case 'io':
      return l10n.t('I/O');
    case 'fds':
      return l10n.t('open files');
    case 'threads':
      return l10n.t('threads');
    case 'started':
      return l10n.t('start');
    case 'pid':
      return l10n.t('PID');
    case 'name':
      return l10n.t('name');
  }
}
