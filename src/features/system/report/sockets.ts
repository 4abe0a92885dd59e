import * as l10n from '@vscode/l10n';
import type { Block, Report } from '../../../report/model';
import type { SocketsResult } from '../core/sockets/schema';
import { countFacts } from './sockets/facts';
import { notes } from './sockets/notes';
import { otherSocketsTable, unixTable } from './sockets/otherTables';
import { socketsTable } from './sockets/tables';
import { namespacesTable, trafficTable } from './sockets/traffic';
import { statusOf, verdictOf } from './sockets/verdict';
import { machineName } from '../core/machineName';

/** Listening sockets first, then connections; then who moves how much. */
export function socketsReport(result: SocketsResult): Report {
  const blocks: readonly (Block | null)[] = [
    socketsTable(result),
    trafficTable(result),
    unixTable(result),
    otherSocketsTable(result),
    countFacts(result),
    namespacesTable(result),
    ...notes(result),
  ];
  return {
    title: titleOf(result),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function titleOf({ machine, filter }: SocketsResult): string {
  if (filter.port !== null) return l10n.t('Port {0} on {1}', filter.port, machineName(machine));
  if (filter.pid !== null) return l10n.t('Sockets of process {0} on {1}', filter.pid, machineName(machine));
  if (filter.state === 'listening') return l10n.t('Listening sockets of {0}', machineName(machine));
  return filter.kind === 'unix'
    ? l10n.t('UNIX sockets of {0}', machineName(machine))
    : l10n.t('Sockets of {0}', machineName(machine));
}
