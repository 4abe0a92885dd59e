import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock, TableBlock } from '../../../../report/model';
import type { NetworkResult } from '../../core/network/schema';
import { code, column, hidden, table } from '../table';
import { line } from '../words';

export function routesTable({ routes, filter }: NetworkResult): TableBlock {
  const otherTables = routes.some((route) => route.table !== 'main');
  const tableColumn = column('table', l10n.t('Table'));
  const columns = [
    code(column('destination', l10n.t('Destination'))),
    code(column('gateway', l10n.t('Gateway'))),
    column('interface', l10n.t('Interface')),
    code(column('source', l10n.t('Source'), undefined, l10n.t('The address that packets leave with'))),
    column('metric', l10n.t('Metric'), 'plain', l10n.t('The least wins')),
    column('protocol', l10n.t('Made by')),
    otherTables ? tableColumn : hidden(tableColumn),
    column('type', l10n.t('Type')),
    hidden(column('scope', l10n.t('Scope'))),
    hidden(column('flags', l10n.t('Flags'))),
    hidden(column('family', l10n.t('Family'))),
  ];
  const rows = routes.map((route): readonly Cell[] => [
    route.destination,
    route.gateway,
    line(route.interface),
    route.source,
    route.metric,
    route.protocol,
    route.table,
    route.type === 'unicast' ? route.type : { text: route.type, status: 'info' },
    route.scope,
    route.flags.join(' ') || null,
    route.family,
  ]);
  const keys = routes.map((route) =>
    [route.family, route.table, route.destination, route.gateway, route.interface, route.metric].join(' '),
  );
  return {
    ...table('routes', l10n.t('Routes'), columns, rows, keys),
    empty: filter.interface === null ? l10n.t('There is no route.') : l10n.t('No route leads there.'),
  };
}

/** Only where they are others than every machine has. */
export function rulesSection({ rules }: NetworkResult): SectionBlock | null {
  const own = rules.filter(({ text }) => !/^from all lookup (local|main|default)$/.test(text));
  if (own.length === 0) return null;
  const columns = [
    column('priority', l10n.t('Priority'), 'plain', l10n.t('The least is asked first')),
    column('family', l10n.t('Family')),
    code(column('rule', l10n.t('Rule'))),
  ];
  const rows = rules.map(({ priority, family, text }): readonly Cell[] => [priority, family, text]);
  const keys = rules.map(({ priority, family, text }) => `${family} ${priority} ${text}`);
  return {
    kind: 'section',
    title: l10n.t('Policy Routing'),
    summary:
      own.length === 1
        ? l10n.t('1 rule sends packets to a table of its own.')
        : l10n.t('{0} rules send packets to tables of their own.', own.length),
    blocks: [table('rules', null, columns, rows, keys)],
  };
}

export function neighboursSection({ neighbours }: NetworkResult): SectionBlock | null {
  if (neighbours.length === 0) return null;
  const failed = neighbours.filter(({ state }) => state === 'failed' || state === 'incomplete').length;
  const columns = [
    code(column('address', l10n.t('Address'))),
    code(column('mac', l10n.t('Hardware address'))),
    column('interface', l10n.t('Interface')),
    column('state', l10n.t('State')),
  ];
  const rows = neighbours.map((one): readonly Cell[] => [
    one.address,
    one.macAddress,
    line(one.interface),
    one.state === 'failed' || one.state === 'incomplete' ? { text: one.state, status: 'warning' } : one.state,
  ]);
  const keys = neighbours.map((one) => `${one.interface} ${one.address}`);
  return {
    kind: 'section',
    title: l10n.t('Neighbours'),
    summary:
      failed === 0
        ? l10n.t('Addresses on the same links whose hardware address is known: {0}.', neighbours.length)
        : l10n.t('Neighbours: {0}; without an answer: {1}.', neighbours.length, failed),
    collapsed: failed === 0,
    blocks: [table('neighbours', null, columns, rows, keys)],
  };
}

export function multicastSection({ interfaces }: NetworkResult): SectionBlock | null {
  const all = interfaces.flatMap(({ name, multicastGroups }) => multicastGroups.map((group) => ({ name, group })));
  if (all.length === 0) return null;
  const columns = [column('interface', l10n.t('Interface')), code(column('group', l10n.t('Group')))];
  const rows = all.map(({ name, group }): readonly Cell[] => [line(name), group]);
  const keys = all.map(({ name, group }) => `${name} ${group}`);
  return {
    kind: 'section',
    title: l10n.t('Multicast Groups'),
    summary: l10n.t('Groups that interfaces have joined: {0}.', all.length),
    collapsed: true,
    blocks: [table('multicast', null, columns, rows, keys)],
  };
}
