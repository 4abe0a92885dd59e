import * as assert from 'node:assert/strict';
import { CancelledError, ExpectedError } from '../../../../../../src/lib/errors';
import { collectOverviews, type CollectOptions } from '../../../../../../src/features/system/core/overview/collect';
import type { SystemOverview } from '../../../../../../src/features/system/core/overview/schema/overview';
import { DENIED, fakeClock, fixtureMachine, MISSING } from '../../../../../support/fixtureMachine';

const options = (folder: string, more: Partial<CollectOptions> = {}): CollectOptions => ({
  machine: fixtureMachine(folder),
  signal: new AbortController().signal,
  live: false,
  clock: fakeClock(),
  ...more,
});

async function all(given: CollectOptions): Promise<readonly SystemOverview[]> {
  const results: SystemOverview[] = [];
  for await (const result of collectOverviews(given)) results.push(result);
  return results;
}

async function last(given: CollectOptions): Promise<SystemOverview> {
  const result = (await all(given)).at(-1);
  assert.ok(result);
  return result;
}

describe('collecting', () => {
  it('gives what needs no rate at once, and half a second later everything', async () => {
    const clock = fakeClock();
    const [first, second, ...more] = await all(options('laptop-6.8', { clock }));
    assert.equal(first?.measuring, true);
    assert.equal(first.cpu?.shares, null);
    assert.equal(first.host.name, 'thinkpad');
    assert.ok(first.fileSystems.length > 0);
    assert.equal(second?.measuring, false);
    assert.equal(second.cpu?.shares?.usedPercent, 9.5);
    assert.equal(second.history.timesMs.length, 2);
    assert.deepEqual(clock.sleeps, [500]);
    assert.deepEqual(more, []);
  });

  it('goes on as often as it is asked while it is live, but not sooner than after 200 ms', async () => {
    const clock = fakeClock();
    const overviews = collectOverviews(options('laptop-6.8', { live: true, clock }));
    for (let count = 0; count < 3; count++) await overviews.next();
    assert.deepEqual(clock.sleeps, [500, 200]);
    clock.advance(150);
    await overviews.next();
    clock.advance(400);
    const { value } = await overviews.next();
    assert.deepEqual(clock.sleeps, [500, 200, 50]);
    assert.equal(value?.history.timesMs.length, 5);
    await overviews.return();
  });

  it('ends with a CancelledError when it is cancelled, also while it waits', async () => {
    const controller = new AbortController();
    const overviews = collectOverviews({
      machine: fixtureMachine('laptop-6.8'),
      signal: controller.signal,
      live: true,
    });
    await overviews.next();
    const next = overviews.next();
    controller.abort();
    await assert.rejects(next, CancelledError);
    await assert.rejects(collectOverviews(options('laptop-6.8', { signal: controller.signal })).next(), CancelledError);
  });

  it('says which machines it works for', async () => {
    for (const machine of [
      fixtureMachine('laptop-6.8', { platform: 'freebsd' }),
      fixtureMachine('laptop-6.8', { platform: 'darwin', name: 'mac' }),
    ]) {
      await assert.rejects(all(options('laptop-6.8', { machine })), (error) => {
        assert.ok(error instanceof ExpectedError);
        assert.equal(error.code, 'unsupported');
        assert.match(error.message, /Linux/);
        return true;
      });
    }
  });

  it('says so when there is no /proc', async () => {
    const files = ['/proc/stat', '/proc/meminfo', '/proc/uptime'];
    const machine = fixtureMachine('laptop-6.8', { failures: new Map(files.map((file) => [file, MISSING])) });
    await assert.rejects(all(options('laptop-6.8', { machine })), { name: 'ExpectedError', code: 'unsupported' });
  });
});

describe('trouble with a file', () => {
  const essential: Readonly<Record<string, (overview: SystemOverview) => unknown>> = {
    '/proc/stat': (overview) => overview.cpu,
    '/proc/meminfo': (overview) => overview.memory,
    '/proc/loadavg': (overview) => overview.load,
    '/proc/uptime': (overview) => overview.host.uptimeSeconds,
    '/proc/diskstats': (overview) => overview.blockDevices[0] ?? null,
    '/proc/net/dev': (overview) => overview.interfaces[0] ?? null,
    '/proc/self/mountinfo': (overview) => overview.fileSystems[0] ?? null,
  };

  for (const [file, part] of Object.entries(essential)) {
    it(`costs its part only and is named: ${file} denied`, async () => {
      const machine = fixtureMachine('laptop-6.8', { failures: new Map([[file, DENIED]]) });
      const overview = await last(options('laptop-6.8', { machine }));
      assert.equal(part(overview), null);
      assert.deepEqual(
        overview.problems.map(({ source, reason, message }) => [source, reason, message]),
        [[file, 'denied', 'permission denied']],
      );
      const others = Object.entries(essential).filter(([other]) => other !== file);
      for (const [other, read] of others) assert.notEqual(read(overview), null, other);
    });
  }

  it('is told of a file that is cut short, with what could be read of it', async () => {
    const text = 'cpu  100 0 0 100\ncpu0 50 0 0 50\ncpu1 50 0 0 5';
    const machine = fixtureMachine('laptop-6.8', { texts: new Map([['/proc/stat', text]]) });
    const overview = await last(options('laptop-6.8', { machine }));
    assert.deepEqual(
      overview.cpu?.cores.map((core) => core.id),
      [0],
    );
    assert.deepEqual(overview.problems, [
      { source: '/proc/stat', reason: 'cut-short', message: 'is cut short', missing: 'cpu' },
    ]);
  });

  it('is told once for files that share it', async () => {
    const { problems } = await last(options('centos6-2.6.32'));
    assert.deepEqual(
      problems.map((problem) => problem.source),
      ['/proc/pressure/cpu, /proc/pressure/memory, /proc/pressure/io'],
    );
  });

  it('is told of denied sensors', async () => {
    const file = '/sys/class/hwmon/hwmon1/temp1_input';
    const machine = fixtureMachine('laptop-6.8', { failures: new Map([[file, DENIED]]) });
    const overview = await last(options('laptop-6.8', { machine }));
    assert.ok(!overview.sensors.temperatures.some((one) => one.id === 'hwmon1/temp1'));
    assert.deepEqual(
      overview.problems.map((problem) => [problem.source, problem.missing]),
      [[file, 'sensors']],
    );
  });
});

describe('what machines look like', () => {
  it('an old kernel', async () => {
    const overview = await last(options('centos6-2.6.32'));
    assert.equal(overview.memory?.availableEstimated, true);
    assert.equal(overview.pressure, null);
    assert.equal(overview.cpu?.shares?.guestPercent, 0);
    assert.equal(overview.interfaces.find((one) => one.name === 'eth0')?.receivedBytesPerSecond, null, 'wrapped');
    assert.deepEqual(
      overview.users.list.map((one) => one.user),
      ['root'],
    );
    assert.equal(overview.host.os, null);
  });

  it('a container of version 1', async () => {
    const { controlGroup, findings } = await last(options('docker-cgroup1-4.15'));
    assert.equal(controlGroup?.cpu?.limitCores, 1.5);
    assert.equal(controlGroup.cpu.usedCores, 1.45);
    assert.equal(controlGroup.cpu.throttledPercent, 45);
    assert.equal(controlGroup.memory?.limitBytes, 512 * 1_048_576);
    assert.deepEqual(
      findings.map((finding) => finding.kind),
      ['cpuThrottled'],
    );
  });

  it('a container of version 2', async () => {
    const { controlGroup, findings } = await last(options('pod-cgroup2-5.15'));
    assert.equal(controlGroup?.cpu?.version, 2);
    assert.equal(controlGroup.cpu.throttledPercent, 70);
    assert.equal(controlGroup.memory?.usedOfLimitPercent, 96.9);
    assert.deepEqual(
      findings.map((finding) => finding.kind),
      ['memoryLimitNear', 'cpuThrottled'],
    );
  });

  it('a large host whose cores and disks come and go', async () => {
    const overview = await last(options('manycore-5.14'));
    assert.deepEqual(overview.cpu?.offlineCores, [5, 6, 7, 20]);
    assert.equal(overview.cpu.cores.find((core) => core.id === 20)?.shares, null);
    assert.ok(!overview.cpu.cores.some((core) => core.id === 9));
    assert.equal(overview.cpu.cores.find((core) => core.id === 3)?.shares?.iowaitPercent, 0, 'stepped back');
    assert.equal(overview.controlGroup?.memory?.limitBytes, 137_438_953_472, 'of the slice above');
    assert.equal(overview.blockDevices.find((one) => one.name === 'sdb')?.readsPerSecond, null);
    assert.deepEqual(overview.blockDevices.find((one) => one.name === 'md127')?.madeOf, ['nvme0n1p1', 'nvme1n1p1']);
  });
});
