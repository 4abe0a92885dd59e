import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../lib/errors';
import type { Machine } from '../../machine/machine';
import type { Tool } from '../../tool/tool';
import { collectNetwork } from './core/network/collect';
import { networkInput, networkResult, type NetworkInput, type NetworkResult } from './core/network/schema';
import { collectSockets } from './core/sockets/collect';
import { socketsInput, socketsResult, type SocketsInput, type SocketsResult } from './core/sockets/schema';
import { networkReport } from './report/networkDetails';
import { socketsReport } from './report/sockets';

export const socketsTool: Tool<SocketsInput, SocketsResult> = {
  input: socketsInput,
  result: socketsResult,
  async *run(input, { machine, signal, live }) {
    requireLinux(machine);
    yield* collectSockets({ machine, signal, live, input });
  },
  report: socketsReport,
};

export const networkTool: Tool<NetworkInput, NetworkResult> = {
  input: networkInput,
  result: networkResult,
  async *run(input, { machine, signal, live }) {
    requireLinux(machine);
    yield* collectNetwork({ machine, signal, live, input });
  },
  report: networkReport,
};

function requireLinux({ name, platform }: Machine): void {
  if (platform === 'linux') return;
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'Not possible on {0} ({1}): it works for Linux machines, near or far. The system overview works here too.',
      name,
      platform,
    ),
  );
}
