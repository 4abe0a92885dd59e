import * as l10n from '@vscode/l10n';
import type { TextBlock } from '../../../../report/model';
import { hasPorts } from '../../core/sockets/query';
import type { SocketsResult } from '../../core/sockets/schema';

/** What cannot be seen, and what would be seen otherwise. */
export function notes(result: SocketsResult): readonly TextBlock[] {
  const { sockets, deniedProcesses, trafficMissing, answer, problems } = result;
  const denied = sockets.filter((one) => one.owner === 'denied').length;
  const texts = [
    denied > 0 && deniedProcesses > 0
      ? l10n.t(
          'Sockets whose process is not known: {0}. What processes of other users have open, {1} of them here, only those users and root may see.',
          denied,
          deniedProcesses,
        )
      : null,
    trafficMissing !== null && sockets.some(({ protocol }) => protocol === 'tcp')
      ? l10n.t('Traffic, round trips and backlogs are not known: they come from ss (iproute2): {0}.', trafficMissing)
      : null,
    result.processes.length > 0 && sockets.some((one) => hasPorts(one) && one.protocol !== 'tcp')
      ? l10n.t('The kernel counts bytes for each connection of TCP only: the traffic of UDP is not in these figures.')
      : null,
    answer?.outcome === 'free'
      ? l10n.t('A TCP socket that is bound to it but neither listens nor is connected would not be seen.')
      : null,
    ...problems,
  ];
  return texts.filter((text) => text !== null).map((text) => ({ kind: 'text', style: 'note', text }));
}
