import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions } from '../options';
import type { Transport } from '../transport';
import { BEYOND_SSH2 } from './auth/session';
import { NO_COMMON_ALGORITHM } from './handshakeErrors';
import { hostLabel } from './names';
import type { ConnectParts } from './parts';

/** Why the system's ssh may come further than ssh2, as a clause; null where it would not. */
export function systemMay({ code, message }: ExpectedError): string | null {
  if (code === BEYOND_SSH2) return message;
  return code === NO_COMMON_ALGORITHM ? l10n.t('it has no algorithm in common with the built-in SSH') : null;
}

/** By the ssh of this computer. `reason`: why, as a clause. Throws ExpectedError. */
export async function bySystem(
  options: HostOptions,
  { system, trusted }: ConnectParts,
  reason: string,
  cause: Error | null,
  signal: AbortSignal,
): Promise<Transport> {
  const host = hostLabel(options);
  if (system === null) {
    throw new ExpectedError(
      'unsupported',
      l10n.t(
        '{0} can be reached only with the ssh of this computer, because {1}. Install OpenSSH (ssh).',
        host,
        reason,
      ),
      cause === null ? undefined : { cause },
    );
  }
  if (!trusted()) {
    throw new ExpectedError(
      'denied',
      l10n.t(
        '{0} can be reached only with the ssh of this computer, because {1}. That runs what the configuration says (Match exec, ProxyCommand), and this workspace is not trusted to run programs. Trust the workspace, then connect again.',
        host,
        reason,
      ),
    );
  }
  const transport = await system(options, signal);
  return { ...transport, remarks: [...options.remarks, l10n.t('By the ssh of this computer, because {0}.', reason)] };
}
