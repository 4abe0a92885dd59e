import * as assert from 'node:assert/strict';
import { parseCpuinfo } from '../../../../../../src/features/system/core/kernel/cpuinfo';
import { parseAllowedCpus, parseCpuList } from '../../../../../../src/features/system/core/kernel/cpuList';
import { parseLoadavg } from '../../../../../../src/features/system/core/kernel/loadavg';
import { parseOsRelease } from '../../../../../../src/features/system/core/kernel/osRelease';
import { parsePressure } from '../../../../../../src/features/system/core/kernel/pressure';
import { parseUptime } from '../../../../../../src/features/system/core/kernel/uptime';
import { loginsOf, parseUtmpRecords } from '../../../../../../src/features/system/core/kernel/utmp';
import * as fs from 'node:fs';
import { projectPath, projectText } from '../../../../../support/project';

const fixture = (folder: string, ...file: readonly string[]): string =>
  projectText('test', 'fixtures', 'system', folder, '0', ...file);

describe('the processor', () => {
  it('is known by model, cores and sockets', () => {
    const info = parseCpuinfo(fixture('laptop-6.8', 'proc', 'cpuinfo'));
    assert.equal(info?.model, '11th Gen Intel(R) Core(TM) i5-1145G7 @ 2.60GHz');
    assert.deepEqual([info.logical, info.physicalCores, info.sockets], [8, 4, 1]);
    assert.equal(info.frequencyHertz.get(7), 2_600_000_000);
  });

  it('of a Raspberry Pi has its name below, and no topology', () => {
    const info = parseCpuinfo('processor\t: 0\nBogoMIPS\t: 108.00\n\nHardware\t: BCM2835\nModel\t\t: Raspberry Pi 4\n');
    assert.equal(info?.model, 'Raspberry Pi 4');
    assert.equal(info.physicalCores, null);
  });

  it('is nothing in a file without processors', () => {
    assert.equal(parseCpuinfo(fixture('rubbish', 'proc', 'cpuinfo')), null);
  });
});

describe('lists of processors', () => {
  it('have ranges', () => {
    assert.deepEqual(parseCpuList('0-2,8,10-11\n'), [0, 1, 2, 8, 10, 11]);
    assert.deepEqual(parseCpuList('\n'), []);
    for (const text of ['a', '3-1', '1-2-3', '0-99999999', '1,']) assert.equal(parseCpuList(text), null, text);
  });

  it('stand in the status of a process', () => {
    assert.equal(parseAllowedCpus('Name:\tcat\nCpus_allowed_list:\t0-4,8-19,21-23\n'), 20);
    assert.equal(parseAllowedCpus('Name:\tcat\n'), null);
  });
});

describe('load, uptime and pressure', () => {
  it('reads loadavg', () => {
    assert.deepEqual(parseLoadavg('0.20 0.18 0.12 1/80 11206\n'), {
      one: 0.2,
      five: 0.18,
      fifteen: 0.12,
      runnable: 1,
      tasks: 80,
    });
    assert.equal(parseLoadavg('0.20 0.18 0.1'), null, 'cut short');
  });

  it('reads uptime', () => {
    assert.equal(parseUptime('1255.43 2390.89\n'), 1255.43);
    assert.equal(parseUptime('-3.0 1\n'), null);
    assert.equal(parseUptime('1255.43 2390'), null, 'cut short');
  });

  it('reads some and full', () => {
    const text =
      'some avg10=1.50 avg60=0.37 avg300=0.38 total=16157679\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
    const pressure = parsePressure(text);
    assert.deepEqual(pressure?.some, {
      average10Percent: 1.5,
      average60Percent: 0.37,
      average300Percent: 0.38,
      totalMicros: 16_157_679,
    });
    assert.equal(pressure.full?.totalMicros, 0);
    assert.equal(parsePressure('some avg10=zz\n'), null);
  });
});

describe('the operating system', () => {
  it('has its pretty name, or name and version', () => {
    assert.equal(parseOsRelease(fixture('debian12-vm-6.18', 'etc', 'os-release')), 'Debian GNU/Linux 12 (bookworm)');
    assert.equal(parseOsRelease("NAME='Void \\Linux'\nVERSION=1"), 'Void \\Linux 1');
    assert.equal(parseOsRelease('PRETTY_NAME="A \\"B\\" \\$C"\n'), 'A "B" $C');
    assert.equal(parseOsRelease('ID=x\n'), null);
    assert.equal(parseOsRelease(''), null);
  });
});

describe('utmp', () => {
  const bytes = (folder: string, ...file: readonly string[]): Uint8Array =>
    fs.readFileSync(projectPath('test', 'fixtures', 'system', folder, '0', ...file));

  it('has logins among other records', () => {
    assert.deepEqual(loginsOf(parseUtmpRecords(bytes('centos6-2.6.32', 'var', 'run', 'utmp'))), [
      { user: 'root', terminal: 'pts/0', host: '10.0.0.17', sinceMs: 1_701_020_000_000, pid: 20_111 },
    ]);
    assert.deepEqual(
      loginsOf(parseUtmpRecords(bytes('laptop-6.8', 'run', 'utmp'))).map((one) => one.user),
      ['ann', 'böb'],
    );
  });

  it('has longer records on 64-bit Arm', () => {
    const record = new Uint8Array(400);
    const view = new DataView(record.buffer);
    view.setInt16(0, 7, true);
    view.setInt32(4, 77, true);
    record.set(new TextEncoder().encode('pts/9'), 8);
    record.set(new TextEncoder().encode('pi'), 44);
    view.setBigInt64(344, 1_700_000_000n, true);
    assert.deepEqual(loginsOf(parseUtmpRecords(record)), [
      { user: 'pi', terminal: 'pts/9', host: null, sinceMs: 1_700_000_000_000, pid: 77 },
    ]);
  });

  it('leaves out half a record, and survives rubbish', () => {
    const whole = bytes('centos6-2.6.32', 'var', 'run', 'utmp');
    assert.deepEqual(loginsOf(parseUtmpRecords(whole.subarray(0, 384 * 4 - 1))), []);
    assert.ok(Array.isArray(loginsOf(parseUtmpRecords(bytes('rubbish', 'run', 'utmp')))));
  });

  it('shows no control characters', () => {
    const record = new Uint8Array(384);
    new DataView(record.buffer).setInt16(0, 7, true);
    record.set(new TextEncoder().encode('a\u001b[2J'), 44);
    assert.equal(loginsOf(parseUtmpRecords(record))[0]?.user, 'a?[2J');
  });
});
