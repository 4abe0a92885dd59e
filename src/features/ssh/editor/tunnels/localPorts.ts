import type { EditorHost } from '../../../../editor/feature';
import type { Shown } from '../../../../editor/session';
import { localName } from '../../../../machine/machines';
import type { SocketsResult } from '../../../system/core/sockets/schema';
import { takenPorts, type TakenPorts } from '../../core/tunnel/ports';

const REQUEST = { tool: 'system.sockets', input: { kind: 'tcp', state: 'listening' }, machine: localName };

/** What listens on this machine now; nothing where it does not tell: what is wrong shows when a tunnel is opened. */
export function localPorts(host: EditorHost): Promise<TakenPorts> {
  return new Promise((resolve) => {
    const look = ({ state, result, message }: Shown): void => {
      if (result === undefined && (state === 'running' || state === 'live')) return;
      if (result === undefined) host.log.debug(`The ports of this machine could not be listed: ${message}`);
      // The first look is enough; who is told of it is still being told.
      queueMicrotask(() => holder.dispose());
      resolve(result === undefined ? new Map() : takenPorts(result as SocketsResult));
    };
    const holder = host.holdLive(REQUEST, look, false);
    if (holder.session.shown.result !== undefined) look(holder.session.shown);
  });
}
