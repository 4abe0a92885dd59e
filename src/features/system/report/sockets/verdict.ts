import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../../report/format';
import type { Status } from '../../../../report/model';
import { isListening } from '../../core/sockets/answer';
import type { SocketsResult } from '../../core/sockets/schema';
import { closeWaitHoarder, isBacklogFull } from './findings';
import { portVerdict } from './portVerdict';
import { endpointText } from './words';
import { machineName } from '../../core/machineName';
import { whom } from '../processWords';

export function statusOf(result: SocketsResult): Status {
  switch (result.answer?.outcome) {
    case 'free':
      return 'ok';
    case 'leftover':
      return 'warning';
    case 'denied':
      return 'unknown';
    case 'taken':
    case 'elsewhere':
    case 'in-use':
    case undefined:
  }
  if (result.sockets.length === 0 && result.problems.length > 0) return 'unknown';
  return findingsOf(result).length > 0 ? 'warning' : 'info';
}

export function verdictOf(result: SocketsResult): string {
  if (result.filter.port !== null) return portVerdict(result);
  const findings = findingsOf(result);
  if (findings.length > 0) return l10n.t('{0}.', findings.join(l10n.t('; ')));
  return [countText(result), busiestText(result)].filter((text) => text !== null).join(' ');
}

function findingsOf(result: SocketsResult): readonly string[] {
  const full = result.sockets.find(isBacklogFull);
  const hoarder = closeWaitHoarder(result);
  const findings = [
    full === undefined
      ? null
      : l10n.t(
          '{0} connections wait to be accepted at {1}, more than its limit of {2}: new ones are turned away',
          full.backlog?.waiting ?? 0,
          endpointText(full.localAddress ?? '', full.localPort),
          full.backlog?.limit ?? 0,
        ),
    hoarder === null
      ? null
      : l10n.t(
          '{0} does not close {1} connections that the other side has closed (CLOSE_WAIT)',
          whom(hoarder.name, hoarder.pid),
          hoarder.connections,
        ),
  ];
  return findings.filter((text) => text !== null);
}

function countText(result: SocketsResult): string {
  const { sockets, filter, machine, states } = result;
  if (filter.pid !== null && sockets.length === 0) {
    return result.problems[0] ?? l10n.t('Process {0} on {1} has no such sockets.', filter.pid, machineName(machine));
  }
  if (sockets.length === 0) return l10n.t('No socket on {0} is like that.', machineName(machine));
  if (filter.pid === null && filter.state === 'listening') {
    return l10n.t('Listening sockets on {0}: {1}.', machineName(machine), sockets.length);
  }
  const listening = sockets.filter(isListening).length;
  const established = states.established ?? 0;
  return filter.pid === null
    ? l10n.t(
        'Sockets on {0}: {1}; listening: {2}; connected: {3}.',
        machineName(machine),
        sockets.length,
        listening,
        established,
      )
    : l10n.t(
        'Sockets of process {0} on {1}: {2}; listening: {3}; connected: {4}.',
        filter.pid,
        machineName(machine),
        sockets.length,
        listening,
        established,
      );
}

/** The process that moves most, if anything moves. */
function busiestText({ processes, filter }: SocketsResult): string | null {
  const [first] = processes;
  const received = first?.receivedBytesPerSecond ?? 0;
  const sent = first?.sentBytesPerSecond ?? 0;
  if (first === undefined || filter.pid !== null || received + sent === 0) return null;
  const { value } = createFormatter({ locale: 'en' });
  return l10n.t(
    'The busiest over TCP is {0}: {1} received, {2} sent.',
    whom(first.name, first.pid),
    value(received, 'bytesPerSecond'),
    value(sent, 'bytesPerSecond'),
  );
}
