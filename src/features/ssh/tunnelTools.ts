import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../lib/errors';
import { localName } from '../../machine/machines';
import { refuseReadOnly } from '../../tool/policy';
import type { RunContext, Tool } from '../../tool/tool';
import { tunnelInput, wantedOf, type TunnelInput } from './core/tunnel/inputs';
import { keepTunnels } from './core/tunnel/keep';
import { tunnelsResult, type TunnelsResult } from './core/tunnel/schema';
import { tunnelsReport } from './report/tunnel';

/**
 * Tunnels through a host, as long as it runs. What it opens ends with it and nothing of it stays, so it counts as
 * looking; but a port that is opened on the host itself is refused where nothing may be changed.
 */
export const tunnelTool: Tool<TunnelInput, TunnelsResult> = {
  input: tunnelInput,
  result: tunnelsResult,
  async *run(input, context) {
    const { machines, signal, live, progress } = context;
    const wanted = wantedOf(input);
    if (wanted.length === 0) {
      const message = l10n.t('Say which tunnel: local, remote or dynamic, for example local 8080:db:5432.');
      throw new ExpectedError('invalid-input', message);
    }
    const host = hostOf(input, context);
    if (wanted.some(({ spec }) => spec.kind === 'remote')) await refuseReadOnly(machines, host, signal);
    progress(l10n.t('Connecting to {0}', host));
    yield* keepTunnels({ host, wanted, machines, signal, live, now: () => Date.now() });
  },
  report: tunnelsReport,
};

function hostOf(input: TunnelInput, { machine }: RunContext): string {
  const host = input.host ?? machine.name;
  if (host !== localName) return host;
  const message = l10n.t('A tunnel goes through a host: choose one (on the command line, --on HOST).');
  throw new ExpectedError('invalid-input', message);
}
