import { spawnSync } from 'node:child_process';
import { canInstall, install } from './apt';
import type { CommandContext } from './command';
import { findProgram } from './program';
import { announced, say } from './terminal';

/** Programs that tests compare with, and the Debian package that brings each. */
const peers: Readonly<Record<string, string>> = {
  ps: 'procps',
  lsof: 'lsof',
  ss: 'iproute2',
  netstat: 'net-tools',
  iostat: 'sysstat',
  prlimit: 'util-linux',
  script: 'bsdutils',
  python3: 'python3',
  ssh: 'openssh-client',
  sshd: 'openssh-server',
  puttygen: 'putty-tools',
  dropbear: 'dropbear-bin',
  sudo: 'sudo',
  busybox: 'busybox',
};

/**
 * Sees to it that what the tests take for the truth is there: as root on Debian it is installed, on another Linux the
 * tests that lack it are skipped, which is said in one line. Elsewhere those tests do not run at all.
 */
export async function ensurePeers(context: CommandContext): Promise<void> {
  if (process.platform !== 'linux') return;
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (!canInstall())
    return say(`Tests that compare with these are skipped; install them for more: ${missing.join(' ')}`);
  await announced(`Installing what tests compare with (apt-get install ${missing.join(' ')})`, () =>
    install(context, missing),
  );
}

function missingPackages(): readonly string[] {
  const packages = Object.entries(peers)
    .filter(([program]) => findProgram(program) === undefined)
    .map(([, name]) => name);
  // The system's own Python: that is where a package of the distribution is.
  const psutil = spawnSync('/usr/bin/python3', ['-c', 'import psutil']);
  return [...new Set([...packages, ...(psutil.status === 0 ? [] : ['python3-psutil'])])];
}
