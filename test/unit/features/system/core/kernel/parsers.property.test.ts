import * as fc from 'fast-check';
import { blockFacts } from '../../../../../../src/features/system/core/kernel/blockDevices';
import { cgroupFigures } from '../../../../../../src/features/system/core/kernel/cgroup';
import { cgroupPlaces } from '../../../../../../src/features/system/core/kernel/cgroupPlaces';
import { parseCpuinfo } from '../../../../../../src/features/system/core/kernel/cpuinfo';
import { parseAllowedCpus, parseCpuList } from '../../../../../../src/features/system/core/kernel/cpuList';
import { parseDiskstats } from '../../../../../../src/features/system/core/kernel/diskstats';
import { listedMounts } from '../../../../../../src/features/system/core/overview/fileSystems';
import { fansOf, temperaturesOf } from '../../../../../../src/features/system/core/kernel/hwmon';
import { parseLoadavg } from '../../../../../../src/features/system/core/kernel/loadavg';
import { parseMeminfo } from '../../../../../../src/features/system/core/kernel/meminfo';
import { parseMountinfo } from '../../../../../../src/features/system/core/kernel/mountinfo';
import { parseNetdev } from '../../../../../../src/features/system/core/kernel/netdev';
import { parseOsRelease } from '../../../../../../src/features/system/core/kernel/osRelease';
import { batteriesOf, mainsOnline } from '../../../../../../src/features/system/core/kernel/powerSupply';
import { parsePressure } from '../../../../../../src/features/system/core/kernel/pressure';
import { parseStat } from '../../../../../../src/features/system/core/kernel/stat';
import { parseUptime } from '../../../../../../src/features/system/core/kernel/uptime';
import { loginsOf, parseUtmpRecords } from '../../../../../../src/features/system/core/kernel/utmp';
import { parseVmstat } from '../../../../../../src/features/system/core/kernel/vmstat';

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseStat,
  parseMeminfo: (text) => parseMeminfo(text, 1),
  parseVmstat,
  parseLoadavg,
  parseUptime,
  parseDiskstats,
  parseNetdev,
  parsePressure,
  parseOsRelease,
  parseCpuinfo,
  parseCpuList,
  parseAllowedCpus,
  parseMountinfo: (text) => listedMounts(parseMountinfo(text) ?? []),
  cgroup: (text) => {
    const places = cgroupPlaces(text, [
      {
        id: 1,
        parentId: 0,
        device: '0:1',
        root: '/a',
        mountPoint: '/cg',
        type: 'cgroup2',
        source: 'c',
        readOnly: false,
      },
    ]);
    return places === null ? null : cgroupFigures(new Map([['/cg/memory.max', text]]), places);
  },
  sensors: (text) => {
    const texts = new Map([
      ['/sys/class/hwmon/hwmon0/temp1_input', text],
      [`/sys/class/hwmon/${text}`, text],
      ['/sys/class/power_supply/x/uevent', text],
      [`/sys/block/${text}/size`, text],
    ]);
    return [temperaturesOf(texts, texts), fansOf(texts), batteriesOf(texts), mainsOnline(texts), blockFacts(texts)];
  },
};

/** Words and signs of the real files in any order get deeper than plain text. */
const kernelText = fc
  .array(
    fc.oneof(
      fc.constantFrom('cpu', 'cpu0', ' ', '\n', ':', '-', '=', '/', ',', 'kB', 'MemTotal', 'MemFree', 'some', 'avg10'),
      fc.constantFrom('POWER_SUPPLY_TYPE=Battery\n', '8 0 sda', ' - ', '0::/', 'processor', 'total', '\\040', 'pswpin'),
      fc.nat().map(String),
      fc.string(),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** As a machine hands over a file that is no text. */
const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('utf8'));

describe('every parser', () => {
  for (const [name, parse] of Object.entries(PARSERS)) {
    it(`survives any text: ${name}`, () => {
      fc.assert(
        fc.property(fc.oneof(kernelText, anyBytes), (text) => {
          parse(text);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('survives any bytes: parseUtmpRecords', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1600 }), (bytes) => {
        loginsOf(parseUtmpRecords(bytes));
      }),
    );
  });
});
