import type { CommandContext } from './command';
import { findProgram } from './program';
import { tail, Trouble } from './terminal';

/** Whether packages can be installed here without asking anybody: as root on Debian and its like. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/** Throws Trouble with what apt-get said. */
export async function install({ processes, signal }: CommandContext, packages: readonly string[]): Promise<void> {
  const apt = (...args: readonly string[]) =>
    processes.run('apt-get', args, { signal, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const command = ['install', '-y', '--no-install-recommends', ...packages];
  // A fresh machine has no package lists at all, an old one may name files that are gone: both are mended by an update.
  if ((await apt(...command)).exitCode === 0) return;
  const update = await apt('update');
  const { exitCode, output } = update.exitCode === 0 ? await apt(...command) : update;
  if (exitCode !== 0) throw new Trouble(`apt-get failed. It said:\n${tail(output, 15)}`);
}
