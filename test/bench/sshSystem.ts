import * as fs from 'node:fs';
import * as path from 'node:path';
import { SYSTEM_CLOCK } from '../../src/features/system/core/clock';
import { ProcReader, USUAL_PACES } from '../../src/features/system/core/overview/procReader';
import { ProcessReader } from '../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES } from '../../src/features/system/core/processes/query';
import { createLocalMachine } from '../../src/machine/local';
import type { Machine } from '../../src/machine/machine';
import { startRelay } from '../support/relay';
import { elapsed, withCrowd } from './processes';
import type { BenchRow } from './row';
import { machinesOf } from '../support/machines';
import type { SshHosts } from './sshHosts';
import { ratioRow } from './sshRows';

/** More than ten, so that all that is read seldom is among them. */
const SAMPLES = 25;
const ROUND_TRIP_BUDGET = 2;
const PROCESSES = 600;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 10;
const PROCESSES_BUDGET = 3;

const never = new AbortController().signal;

/** What looking at a host costs: round trips as they are seen on the wire, and time beside that of this machine. */
export async function benchSshSystem(hosts: SshHosts): Promise<readonly BenchRow[]> {
  return [await overviewRow(hosts), ...(await withCrowd(PROCESSES, () => processRows(hosts)))];
}

/** The first sample is left out: it learns where things are, and starts the programs that read. */
async function overviewRow({ server, configFile, names: [name = ''] }: SshHosts): Promise<BenchRow> {
  const relay = await startRelay(server.port);
  const through = path.join(server.folder, 'relayed_config');
  const known = fs.readFileSync(server.knownHostsFile, 'utf8').replace(`:${server.port} `, `:${relay.port} `);
  fs.writeFileSync(`${through}_hosts`, known);
  fs.writeFileSync(
    through,
    `Host ${name}\nHostName 127.0.0.1\nPort ${relay.port}\nUserKnownHostsFile ${through}_hosts\n${fs.readFileSync(configFile, 'utf8')}`,
  );
  const machines = machinesOf(through);
  try {
    const reader = new ProcReader(await machines.open(name, never), SYSTEM_CLOCK, {
      ...USUAL_PACES,
      slowMs: 500,
      usageMs: 500,
    });
    await reader.read(never);
    const trips: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await SYSTEM_CLOCK.sleep(reader.leastIntervalMs, never);
      const before = relay.roundTrips();
      await reader.read(never);
      trips.push(relay.roundTrips() - before);
    }
    const most = Math.max(...trips);
    return {
      what: `system.overview of a host: round trips on the wire, the most of ${SAMPLES} samples`,
      ours: `${most}`,
      peer: '',
      ratio: null,
      budget: `≤ ${ROUND_TRIP_BUDGET}`,
      met: most <= ROUND_TRIP_BUDGET,
    };
  } finally {
    await machines.close();
    await relay.stop();
  }
}

async function processRows({ configFile, names: [name = ''] }: SshHosts): Promise<readonly BenchRow[]> {
  const machines = machinesOf(configFile);
  const local = createLocalMachine();
  try {
    const remote = await machines.open(name, never);
    const what = `all ${PROCESSES} processes of a host`;
    const anew = (machine: Machine) => (): Promise<unknown> =>
      new ProcessReader(machine, SYSTEM_CLOCK, ALL_PROCESSES).read(never);
    const live = (machine: Machine) => {
      const reader = new ProcessReader(machine, SYSTEM_CLOCK, ALL_PROCESSES);
      return (): Promise<unknown> => reader.read(never);
    };
    return [
      await processRow(`${what}, everything read anew`, anew(remote), anew(local)),
      await processRow(`${what}, the next sample of the live list`, live(remote), live(local)),
    ];
  } finally {
    await machines.close();
    await local.dispose();
  }
}

/** On loopback the round trip, which the budget allows besides, is next to nothing. */
async function processRow(
  what: string,
  remote: () => Promise<unknown>,
  local: () => Promise<unknown>,
): Promise<BenchRow> {
  const own: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const [far, near] = [await elapsed(remote), await elapsed(local)];
    if (round >= WARM_UP_ROUNDS) {
      own.push(far);
      theirs.push(near);
    }
  }
  return ratioRow(what, own, 'local', theirs, PROCESSES_BUDGET);
}
