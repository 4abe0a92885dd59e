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
  diff: 'diffutils',
  rsync: 'rsync',
  git: 'git',
  zip: 'zip',
  getfattr: 'attr',
};

/** What only `npm run bench` compares with. */
const benchPeers: typeof peers = { 'parallel-ssh': 'pssh' };

/** Modules of the system's own Python, where a package of the distribution is. */
const modules: typeof peers = { psutil: 'python3-psutil' };
const benchModules: typeof peers = { fabric: 'python3-fabric' };

/**
 * Sees to it that what the tests take for the truth is there: as root on Debian it is installed, on another Linux the
 * tests that lack it are skipped, which is said in one line. Elsewhere those tests do not run at all.
 */
export async function ensurePeers(context: CommandContext): Promise<void> {
  await ensure(context, missingPackages(peers, modules));
}

/** The same for what a measurement compares with. */
export async function ensureBenchPeers(context: CommandContext): Promise<void> {
  await ensure(context, missingPackages({ ...peers, ...benchPeers }, { ...modules, ...benchModules }));
}

async function ensure(context: CommandContext, missing: readonly string[]): Promise<void> {
  if (missing.length === 0) return;
  if (!canInstall())
    return say(`Tests that compare with these are skipped; install them for more: ${missing.join(' ')}`);
  await announced(`Installing what tests compare with (apt-get install ${missing.join(' ')})`, () =>
    install(context, missing),
  );
}

function missingPackages(programs: typeof peers, pythonModules: typeof peers): readonly string[] {
  if (process.platform !== 'linux') return [];
  const isThere = (module: string): boolean => spawnSync('/usr/bin/python3', ['-c', `import ${module}`]).status === 0;
  const missing = [
    ...Object.entries(programs).filter(([program]) => findProgram(program) === undefined),
    ...Object.entries(pythonModules).filter(([module]) => !isThere(module)),
  ];
  return [...new Set(missing.map(([, name]) => name))];
}
