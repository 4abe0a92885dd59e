import * as assert from 'node:assert/strict';
import { ProcReader, USUAL_PACES } from '../../../../../../src/features/system/core/overview/procReader';
import type { MachineFiles } from '../../../../../../src/machine/machine';
import { fakeClock, fixtureMachine, type FakeClock, type FixtureMachine } from '../../../../../support/fixtureMachine';

const signal = new AbortController().signal;

interface Bench {
  readonly machine: FixtureMachine;
  /** Of the files that the last sample has asked for. */
  patterns(): readonly string[];
  readonly clock: FakeClock;
  readonly reader: ProcReader;
  /** So many samples, one a second; what was asked for in them, one entry a sample. */
  sample(count: number): Promise<readonly (readonly string[])[]>;
}

function bench(folder: string): Bench {
  const machine = fixtureMachine(folder);
  const clock = fakeClock();
  const patterns: string[] = [];
  const readMany: MachineFiles['readMany'] = (items, options) => {
    patterns.push(...items.map((item) => (typeof item === 'string' ? item : item.path)));
    return machine.files.readMany(items, options);
  };
  const reader = new ProcReader({ ...machine, files: { ...machine.files, readMany } }, clock, USUAL_PACES);
  return {
    machine,
    patterns: () => patterns,
    clock,
    reader,
    async sample(count) {
      const asked: (readonly string[])[] = [];
      for (let done = 0; done < count; done++) {
        patterns.length = 0;
        const before = machine.calls.length;
        await reader.read(signal);
        asked.push(machine.calls.slice(before));
        clock.advance(1000);
      }
      return asked;
    },
  };
}

describe('the round trips of a sample', () => {
  it('are one, or two beside each other: for the space, and with every tenth for the users', async () => {
    const [first, ...later] = await bench('laptop-6.8').sample(24);
    assert.deepEqual(
      first?.map((call) => call.split(' ')[0]),
      ['readMany', 'readMany', 'readMany', 'usage'],
    );
    for (const [index, calls] of later.entries()) {
      const users = (index + 1) % 10 === 0;
      const [figures, second, ...more] = calls.map((call) => call.split(' ')[0]);
      assert.equal(figures, 'readMany');
      assert.ok(users ? second === 'readMany' : second !== 'readMany', `sample ${index + 1}: ${calls.join(', ')}`);
      assert.deepEqual(more, []);
    }
  });

  it('do not read again what stays the same', async () => {
    const { patterns, sample } = bench('laptop-6.8');
    await sample(2);
    const fast = [...patterns()];
    assert.ok(fast.includes('/proc/stat'));
    assert.ok(
      !fast.some((path) => path.includes('*') || path.startsWith('/etc/') || path.includes('hwmon')),
      fast.join(),
    );
    await sample(4);
    assert.ok(patterns().includes('/sys/class/hwmon/hwmon10/temp1_input'), 'every five seconds');
    assert.ok(!patterns().some((path) => path.includes('*')));
    await sample(55);
    assert.ok(patterns().includes('/etc/os-release'), 'every minute');
  });

  it('look anew when a disk or an interface has come or gone, but not all the time', async () => {
    const { patterns, sample } = bench('manycore-5.14');
    await sample(1);
    const looks: number[] = [];
    for (let index = 1; index < 20; index++) {
      await sample(1);
      if (patterns().includes('/sys/block/*/size')) looks.push(index);
    }
    assert.deepEqual(looks, [5], 'sdb and another interface are there from the second sample on');
  });

  it('do not ask again and again for what the kernel does not have', async () => {
    const { patterns, sample } = bench('centos6-2.6.32');
    await sample(2);
    assert.ok(!patterns().some((path) => path.startsWith('/proc/pressure')));
  });
});

describe('a file system that does not answer', () => {
  it('is asked again with every tenth sample only, and keeps its row', async () => {
    const { machine, reader, clock, sample } = bench('manycore-5.14');
    await sample(1);
    const asked: number[] = [];
    for (let index = 1; index < 40; index++) {
      const before = machine.calls.length;
      const reading = await reader.read(signal);
      clock.advance(5000);
      if (machine.calls.slice(before).some((call) => call.includes('/mnt/backup'))) asked.push(index);
      const row = reading.fileSystems.find((one) => one.mount.mountPoint === '/mnt/backup');
      assert.equal(row?.usage?.kind, 'failure');
    }
    assert.deepEqual(asked, [1, 11, 21, 31]);
  });

  it('is not reported after the short wait of the first sample', async () => {
    const { reader } = bench('manycore-5.14');
    const first = await reader.read(signal);
    assert.equal(first.fileSystems.find((one) => one.mount.mountPoint === '/mnt/backup')?.usage, undefined);
    assert.equal(first.fileSystems.find((one) => one.mount.mountPoint === '/')?.usage?.kind, 'usage');
  });
});

describe('the users', () => {
  it('are not known, with the reason, where there is no utmp', async () => {
    const { reader, sample } = bench('debian12-vm-6.18');
    await sample(1);
    const { users } = await reader.read(signal);
    assert.equal(users.list, null);
    assert.match(users.unavailable ?? '', /\/run\/utmp/);
  });
});

describe('a machine that does not answer', () => {
  it('is given up, with its name', async () => {
    const machine = fixtureMachine('laptop-6.8', { name: 'far' });
    const never = (): Promise<never> => new Promise(() => undefined);
    const hanging = { ...machine, files: { ...machine.files, readMany: never } };
    const reader = new ProcReader(hanging, fakeClock(), { ...USUAL_PACES, deadlineMs: 10 });
    await assert.rejects(reader.read(signal), { name: 'ExpectedError', code: 'timed-out', message: /from far / });
  });
});
