import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import type { Snapshot } from '../../core/snapshot/schema';
import { column, table } from '../table';

export function networkTables({ interfaces, routes }: Snapshot): readonly TableBlock[] {
  return [interfacesTable(interfaces), routesTable(routes)];
}

function interfacesTable(interfaces: Snapshot['interfaces']): TableBlock {
  const columns = [
    column('interface', l10n.t('Interface')),
    column('state', l10n.t('State')),
    { ...column('addresses', l10n.t('Addresses')), code: true },
    { ...column('mac', l10n.t('Hardware address')), code: true },
    column('mtu', l10n.t('MTU'), 'plain'),
  ];
  const rows = interfaces.map((one): readonly Cell[] => [
    one.name,
    one.up === null ? null : one.up ? l10n.t('up') : l10n.t('down'),
    one.addresses.join(l10n.t(', ')) || null,
    one.hardwareAddress,
    one.mtuBytes,
  ]);
  return table(
    'interfaces',
    l10n.t('Interfaces'),
    columns,
    rows,
    interfaces.map(({ name }) => name),
  );
}

function routesTable(routes: Snapshot['routes']): TableBlock {
  const columns = [
    { ...column('destination', l10n.t('Destination')), code: true },
    { ...column('gateway', l10n.t('Gateway')), code: true },
    column('interface', l10n.t('Interface')),
    column('metric', l10n.t('Metric'), 'plain'),
    column('type', l10n.t('Type')),
  ];
  const rows = routes.map((one): readonly Cell[] => [
    one.destination,
    one.gateway,
    one.interface,
    one.metric,
    one.type,
  ]);
  const keys = routes.map((one) => `${one.family} ${one.destination} ${one.interface ?? ''} ${one.gateway ?? ''}`);
  return table('routes', l10n.t('Routes'), columns, rows, keys);
}
