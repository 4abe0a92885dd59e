import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock } from '../../../../report/model';
import type { Connection } from '../../core/process/schema/files';
import type { ProcessResult } from '../../core/process/schema/process';
import { code, column, hideEmptyColumns, table } from '../table';
import { missingText, moreBlocks, part } from './parts';
import { line } from '../words';

export function connectionsSection(result: ProcessResult): SectionBlock | null {
  const { connections, process } = result;
  if (process.kernelThread) return null;
  const title = l10n.t('Connections');
  if (connections === null) {
    return part({
      title,
      summary: missingText(result, 'files') ?? l10n.t('Not known.'),
      status: 'unknown',
      blocks: [],
    });
  }
  const { list, total } = connections;
  if (total === 0) return part({ title, summary: l10n.t('It has no sockets.'), blocks: [] });
  const listeners = list.filter((one) => one.state === 'listening').length;
  return part({
    title,
    summary: l10n.t('Sockets: {0}; listening: {1}.', total, listeners),
    open: list.some((one) => one.localPort !== null),
    blocks: [connectionsTable(list), ...moreBlocks(list.length, total)],
  });
}

function connectionsTable(list: readonly Connection[]): SectionBlock['blocks'][number] {
  const columns = [
    column('protocol', l10n.t('Protocol')),
    code(column('local', l10n.t('Local address'))),
    column('localPort', l10n.t('Port'), 'plain'),
    code(column('remote', l10n.t('Remote address'))),
    column('remotePort', l10n.t('Remote port'), 'plain'),
    column('state', l10n.t('State')),
    column('receive', l10n.t('Receive queue'), 'number', l10n.t('Bytes not read yet; of a listener, connections')),
    column('send', l10n.t('Send queue'), 'number', l10n.t('Bytes not acknowledged yet')),
    column('fds', l10n.t('FD'), undefined, l10n.t('File descriptors')),
  ];
  const rows = list.map((one): readonly Cell[] => [
    one.protocol,
    line(one.path ?? one.localAddress),
    one.localPort,
    one.remoteAddress,
    one.remotePort,
    one.state,
    one.receiveQueue,
    one.sendQueue,
    one.fds.join(', '),
  ]);
  const keys = list.map((one) => one.inode);
  return {
    ...hideEmptyColumns(table('connections', null, columns, rows, keys), ['localPort', 'remote', 'remotePort']),
    menu: {
      actions: [{ label: l10n.t('Who Has This Port'), tool: 'system.sockets' }],
      inputs: list.map(({ localPort }) => (localPort === null || localPort === 0 ? null : { port: localPort })),
    },
  };
}
