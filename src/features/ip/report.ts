import * as l10n from '@vscode/l10n';
import type { Action, Block, Report } from '../../report/model';
import type { IpInspection } from './core/inspection';
import { embeddedIpv4, embeddedSection } from './report/embedded';
import { mainFacts } from './report/facts';
import { blocksTable, multicastSection, partsTable, registrySection, spellingSection } from './report/sections';
import { rfcsOf, statusOf, verdictOf } from './report/verdict';
import { readAsText } from './report/words';

const maxRfcActions = 2;

/** The most wanted facts first, then what is inside, what it consists of, how else it is written and who says so. */
export function report(result: IpInspection): Report {
  const network = networkToInspect(result);
  const ipv4 = embeddedIpv4(result);
  const inspections = [network, ipv4].filter((address) => address !== undefined);
  const indexOf = (address: string | undefined): number | undefined =>
    address === undefined ? undefined : inspections.indexOf(address);
  return {
    title: result.canonical,
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [
      { kind: 'facts', items: mainFacts(result, indexOf(network)) },
      ...readingNote(result),
      ...embeddedSection(result, indexOf(ipv4)),
      ...multicastSection(result),
      ...blocksTable(result),
      ...partsTable(result),
      spellingSection(result),
      registrySection(result),
    ],
    actions: [
      ...inspections.map(inspectAction),
      copyAction(result),
      ...rfcsOf(result).slice(0, maxRfcActions).map(rfcAction),
    ],
  };
}

function networkToInspect({ kind, network, range }: IpInspection): string | undefined {
  return kind === 'interface' ? network?.cidr : range?.enclosing;
}

function readingNote({ readAs }: IpInspection): readonly Block[] {
  return readAs.length === 0 ? [] : [{ kind: 'text', style: 'note', text: readAs.map(readAsText).join(' ') }];
}

function inspectAction(address: string): Action {
  return { kind: 'tool', label: l10n.t('Inspect {0}', address), tool: 'ip.inspect', input: { address } };
}

function copyAction({ canonical }: IpInspection): Action {
  return { kind: 'copy', label: l10n.t('Copy {0}', canonical), text: canonical };
}

function rfcAction(rfc: string): Action {
  const number = rfc.replace(/\D/g, '');
  return { kind: 'open', label: l10n.t('Open {0}', rfc), url: `https://www.rfc-editor.org/rfc/rfc${number}` };
}
