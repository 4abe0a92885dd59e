import { runTool } from '../../src/features/ssh/runTools';
import { mapPool } from '../../src/lib/pool';
import type { OwnedMachines } from '../../src/machine/machines';
import { runContextOf } from '../support/runContext';
import { elapsed } from './processes';
import { output } from './programs';
import { startPython, type PythonPeer } from './python';
import type { BenchRow } from './row';
import { machinesOf } from '../support/machines';
import type { SshHosts } from './sshHosts';
import { ratioRow } from './sshRows';

const ROUNDS = 3;
/** As many hosts at a time as a fleet has. */
const AT_ONCE = 32;
const COLD_PSSH_BUDGET = 0.35;
const COLD_FABRIC_BUDGET = 1;
const OPEN_PSSH_BUDGET = 0.05;

interface Times {
  readonly cold: number[];
  readonly open: number[];
  readonly pssh: number[];
  readonly fabricCold: number[];
  readonly fabricOpen: number[];
}

/** `uname -a` on all hosts: with a connection made for it, and over connections that are open. */
export async function benchSshCommands(hosts: SshHosts): Promise<readonly BenchRow[]> {
  const fabric = startPython('fabric', 'fabric_run.py', hosts.configFile);
  const times: Times = { cold: [], open: [], pssh: [], fabricCold: [], fabricOpen: [] };
  try {
    // Until the compilers have seen enough.
    await ours(hosts, hosts.names.slice(0, AT_ONCE), { ...times, cold: [], open: [] });
    for (let round = 0; round < ROUNDS; round += 1) {
      await ours(hosts, hosts.names, times);
      times.pssh.push(await elapsed(() => pssh(hosts)));
      if (fabric !== undefined) await askFabric(fabric, hosts, times);
    }
  } finally {
    await fabric?.end();
  }
  return rowsOf(hosts.names.length, times, fabric);
}

/** In milliseconds, in turn with the peers: all meet the same weather. */
async function ours(
  { configFile }: SshHosts,
  names: readonly string[],
  { cold, open }: Pick<Times, 'cold' | 'open'>,
): Promise<void> {
  const machines = machinesOf(configFile);
  const all = (): Promise<unknown> => mapPool(names, AT_ONCE, (name) => uname(machines, name));
  try {
    cold.push(await elapsed(all));
    open.push(await elapsed(all));
  } finally {
    await machines.close();
  }
}

async function uname(machines: OwnedMachines, name: string): Promise<void> {
  const machine = await machines.open(name, new AbortController().signal);
  const input = runTool.input.parse({ command: 'uname -a' });
  for await (const { exitCode, stdout } of runTool.run(input, runContextOf(machine, { machines }))) {
    if (exitCode !== 0 || !stdout.startsWith('Linux')) throw new Error(`${name}: ${String(exitCode)} ${stdout}`);
  }
}

async function pssh({ names, hostsFile, configFile }: SshHosts): Promise<void> {
  const words = ['-h', hostsFile, '-p', String(names.length), '-t', '0', '-i', '-x', `-F ${configFile}`, 'uname', '-a'];
  const text = await output('parallel-ssh', words);
  const done = text.match(/\[SUCCESS\]/g)?.length ?? 0;
  if (done !== names.length) throw new Error(`parallel-ssh reached ${done} hosts`);
}

async function askFabric(fabric: PythonPeer, { names }: SshHosts, times: Times): Promise<void> {
  const [cold = NaN, open = NaN] = (await fabric.ask(names.join(' '))) as number[];
  times.fabricCold.push(cold * 1_000);
  times.fabricOpen.push(open * 1_000);
}

function rowsOf(count: number, times: Times, fabric: PythonPeer | undefined): readonly BenchRow[] {
  const what = `uname -a on ${count} hosts`;
  const { cold, open, pssh: theirs, fabricCold, fabricOpen } = times;
  const fabricName = `fabric ${fabric?.version ?? ''}`;
  return [
    ratioRow(`${what}, cold`, cold, 'pssh', theirs, COLD_PSSH_BUDGET),
    ...(fabric === undefined ? [] : [ratioRow(`${what}, cold`, cold, fabricName, fabricCold, COLD_FABRIC_BUDGET)]),
    ratioRow(`${what}, with open connections`, open, 'pssh', theirs, OPEN_PSSH_BUDGET),
    ...(fabric === undefined ? [] : [ratioRow(`${what}, with open connections`, open, fabricName, fabricOpen, null)]),
  ];
}
