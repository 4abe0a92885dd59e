import * as l10n from '@vscode/l10n';
import type { Block, Report } from '../../../report/model';
import type { NetworkResult } from '../core/network/schema';
import { mainFacts } from './network/facts';
import { addressesTable, bondsTable, interfacesTable } from './network/interfaces';
import { multicastSection, neighboursSection, routesTable, rulesSection } from './network/routes';
import { countersSection, importantTable } from './network/statistics';
import { statusOf, verdictOf } from './network/verdict';
import { machineName } from '../core/machineName';

/** What one looks for first: links and traffic, addresses, the way out; then what goes wrong underneath. */
export function networkReport(result: NetworkResult): Report {
  const blocks: readonly (Block | null)[] = [
    mainFacts(result),
    interfacesTable(result),
    addressesTable(result),
    routesTable(result),
    bondsTable(result),
    importantTable(result),
    rulesSection(result),
    neighboursSection(result),
    multicastSection(result),
    countersSection(result),
    ...notes(result),
  ];
  const { machine, filter } = result;
  return {
    title:
      filter.interface === null
        ? l10n.t('Network of {0}', machineName(machine))
        : l10n.t('{0} on {1}', filter.interface, machineName(machine)),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function notes({ ipMissing, unassignedAddresses, problems }: NetworkResult): readonly Block[] {
  const texts = [
    ipMissing === null
      ? null
      : l10n.t(
          'The program ip (iproute2) told nothing: {0}. Routes of other tables, rules of policy routing, neighbours over IPv6, lifetimes and peers of addresses are not known.',
          ipMissing,
        ),
    unassignedAddresses.length === 0
      ? null
      : l10n.t(
          'Of which interface these addresses are, only ip would tell: {0}.',
          unassignedAddresses.join(l10n.t(', ')),
        ),
    ...problems,
  ];
  return texts.filter((text) => text !== null).map((text) => ({ kind: 'text', style: 'note', text }));
}
