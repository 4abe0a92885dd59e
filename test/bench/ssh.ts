import { findProgram } from '../../src/build/program';
import { projectPath } from '../support/project';
import { noSshServer } from '../support/sshServer';
import { output } from './programs';
import type { BenchRow } from './row';
import { benchSshCommands } from './sshCommands';
import { benchSshFiles } from './sshFiles';
import { startSshHosts, type SshHosts } from './sshHosts';
import type { ConnectionMemory } from './sshMemory';
import { benchSshSystem } from './sshSystem';

const HOSTS = 200;
const MEMORY_BUDGET_MIB = 100;
const PEERS = ['parallel-ssh', 'sftp', 'scp'];

/** What is done over SSH, against a real sshd of this machine that has 200 names. Linux only. */
export async function benchSsh(): Promise<readonly BenchRow[]> {
  if (noSshServer !== undefined || PEERS.some((peer) => findProgram(peer) === undefined)) return [];
  const hosts = await startSshHosts(HOSTS);
  try {
    return [
      ...(await benchSshCommands(hosts)),
      ...(await benchSshFiles(hosts)),
      ...(await benchSshSystem(hosts)),
      await memoryRow(hosts),
    ];
  } finally {
    await hosts.stop();
  }
}

async function memoryRow({ configFile, names }: SshHosts): Promise<BenchRow> {
  const program = projectPath('out', 'test', 'bench', 'sshMemory.js');
  const text = await output(process.execPath, [program, configFile, ...names]);
  const { beforeMiB, afterMiB } = JSON.parse(text) as ConnectionMemory;
  const above = afterMiB - beforeMiB;
  return {
    what: `memory of ${names.length} idle connections, above ${beforeMiB.toFixed(0)} MiB with one`,
    ours: `${above.toFixed(0)} MiB`,
    peer: '',
    ratio: null,
    budget: `≤ ${MEMORY_BUDGET_MIB} MiB`,
    met: above <= MEMORY_BUDGET_MIB,
  };
}
