import type { Tool } from '../../tool/tool';
import { requireLinux } from './core/linuxOnly';
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
