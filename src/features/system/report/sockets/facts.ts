import * as l10n from '@vscode/l10n';
import type { Fact, FactsBlock } from '../../../../report/model';
import { SOCKET_STATES } from '../../core/kernel/socketTables';
import type { SocketsResult } from '../../core/sockets/schema';
import { protocolName, stateName } from './words';

/** How many there are of each protocol and in each state; nothing where a port or a process was asked for. */
export function countFacts({ sockets, states, filter }: SocketsResult): FactsBlock | null {
  if (filter.port !== null || filter.pid !== null || sockets.length === 0) return null;
  const protocols = new Map<string, number>();
  for (const socket of sockets) {
    const name = protocolName(socket);
    protocols.set(name, (protocols.get(name) ?? 0) + 1);
  }
  const ofProtocol = [...protocols].sort().map(([name, count]): Fact => ({ label: name, value: count }));
  const ofState = SOCKET_STATES.flatMap((state): Fact[] => {
    const count = states[state] ?? 0;
    return count === 0 ? [] : [{ label: stateName(state), value: count }];
  });
  // Of one protocol in one state, the sentence above tells it.
  if (ofProtocol.length <= 1 && ofState.length <= 1) return null;
  return { kind: 'facts', title: l10n.t('How Many'), items: [...ofProtocol, ...ofState] };
}
