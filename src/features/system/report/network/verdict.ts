import * as l10n from '@vscode/l10n';
import type { Status } from '../../../../report/model';
import { defaultRoutes } from '../../core/network/routes';
import type { NetworkFinding, NetworkResult } from '../../core/network/schema';
import { createWords } from '../words';
import { gatewayText } from './facts';

/** So many findings are told; of the others, how many there are. */
const TOLD = 2;

/** What is wrong elsewhere is not told with routes alone. */
export function statusOf({ findings, filter }: NetworkResult): Status {
  return findings.length > 0 && !filter.routes ? 'warning' : 'info';
}

export function verdictOf(result: NetworkResult): string {
  const { findings, filter, routes } = result;
  if (filter.routes) return l10n.t('{0} routes; {1}.', routes.length, wayOutText(result));
  if (findings.length === 0) return l10n.t('{0}; {1}.', linksText(result), wayOutText(result));
  const told = findings.slice(0, TOLD).map(findingText).join(l10n.t('; '));
  const more = findings.length - TOLD;
  const wrong = more > 0 ? l10n.t('{0}; and {1} more', told, more) : told;
  const sentence = l10n.t('{0}. Otherwise: {1}; {2}.', wrong, linksText(result), wayOutText(result));
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function linksText({ interfaces }: NetworkResult): string {
  const up = interfaces.filter((one) => one.running === true).length;
  const addresses = interfaces.flatMap((one) => one.addresses).filter((one) => one.scope === 'global').length;
  return l10n.t('{0} of {1} interfaces are up, with {2} global addresses', up, interfaces.length, addresses);
}

function wayOutText({ routes, filter }: NetworkResult): string {
  const [route] = defaultRoutes(routes);
  if (route !== undefined) return l10n.t('the way out is {0}', gatewayText(route));
  return filter.interface === null ? l10n.t('there is no default route') : l10n.t('no default route leads there');
}

/** Without a full stop. */
function findingText({ kind, subject, value }: NetworkFinding): string {
  const number = createWords().number(value);
  switch (kind) {
    case 'retransmits':
      return l10n.t('{0}% of the TCP segments have to be sent again', number);
    case 'listenOverflows':
      return l10n.t('{0} connections a second are turned away, for a program does not accept them fast enough', number);
    case 'udpReceiveErrors':
      return l10n.t('{0} UDP datagrams a second are dropped, for a program does not read them fast enough', number);
    case 'memoryAborts':
      return l10n.t('TCP runs short of memory');
    case 'ipDiscards':
      return l10n.t('{0} packets a second are dropped for want of room', number);
    case 'interfaceErrors':
      return l10n.t('interface {0} has {1} errors a second', subject, number);
    case 'interfaceDrops':
      return l10n.t('interface {0} drops {1} packets a second', subject, number);
    case 'noCarrier':
      return l10n.t('interface {0} has addresses but no link', subject);
    case 'halfDuplex':
      return l10n.t('interface {0} runs at half duplex', subject);
    case 'duplicateAddress':
      return l10n.t('address {0} is also used by another machine', subject);
    case 'bondSlaveDown':
      return l10n.t('{0} has no link in its bond', subject);
    case 'noResolver':
      return l10n.t('no name server is configured');
  }
}
