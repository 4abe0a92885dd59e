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
  const blocks = [...(result.filter.routes ? routeBlocks(result) : allBlocks(result)), ...notes(result)];
  return {
    title: titleOf(result),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function allBlocks(result: NetworkResult): readonly (Block | null)[] {
  return [
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
  ];
}

function routeBlocks(result: NetworkResult): readonly (Block | null)[] {
  return [routesTable(result), rulesSection(result), neighboursSection(result)];
}

function titleOf({ machine, filter }: NetworkResult): string {
  const on = machineName(machine);
  if (filter.interface !== null) return l10n.t('{0} on {1}', filter.interface, on);
  return filter.routes ? l10n.t('Routes of {0}', on) : l10n.t('Network of {0}', on);
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
