import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SYSTEM_CLOCK } from '../../../../src/features/system/core/clock';
import { ProcReader, USUAL_PACES } from '../../../../src/features/system/core/overview/procReader';
import { ProcessReader } from '../../../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES } from '../../../../src/features/system/core/processes/query';
import type { Machine } from '../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../src/machine/machines';
import { machinesOf } from '../../../support/machines';
import { startRelay, type Relay } from '../../../support/relay';
import { noSshServer, startSshServer, type SshServer } from '../../../support/sshServer';

const never = new AbortController().signal;

/** As they are seen on the wire, between the client and a real sshd. */
describe('round trips to a host', () => {
  let server: SshServer;
  let relay: Relay;
  let machines: OwnedMachines;
  let machine: Machine;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['LogLevel INFO'] });
    relay = await startRelay(server.port);
    const relayed = (file: string): string => {
      const text = fs.readFileSync(file, 'utf8').replaceAll(`${server.port}`, `${relay.port}`);
      const made = path.join(server.folder, `relayed_${path.basename(file)}`);
      fs.writeFileSync(made, text.replace(server.knownHostsFile, path.join(server.folder, 'relayed_known_hosts')));
      return made;
    };
    relayed(server.knownHostsFile);
    machines = machinesOf(relayed(server.configFile));
    machine = await machines.open(server.alias, never);
  });
  after(async () => {
    await machines?.close();
    await relay?.stop();
    await server?.stop();
  });

  const counted = async (work: () => Promise<unknown>): Promise<number> => {
    const before = relay.roundTrips();
    await work();
    return relay.roundTrips() - before;
  };

  it('are at most two for a sample of the overview, whatever is due', async () => {
    const reader = new ProcReader(machine, SYSTEM_CLOCK, { ...USUAL_PACES, slowMs: 0, fixedMs: 0, usageMs: 0 });
    await reader.read(never);
    const trips: number[] = [];
    // Every tenth sample also asks who is logged in.
    for (let sample = 0; sample < 12; sample += 1) trips.push(await counted(() => reader.read(never)));
    assert.ok(Math.max(...trips) <= 2 && Math.min(...trips) >= 1, trips.join(' '));
  });

  it('are at most two for a look at all processes', async () => {
    const reader = new ProcessReader(machine, SYSTEM_CLOCK, ALL_PROCESSES);
    await reader.read(never);
    // Its answer is longer than a window of the channel is asked for at once, which is no question of ours.
    const trips = await counted(() => reader.read(never));
    assert.ok(trips >= 1 && trips <= 4, String(trips));
  });
});
