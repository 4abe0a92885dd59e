import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  parseProperties,
  parseTimeSpan,
  parseUnitFiles,
  parseUnits,
  propertyNumber,
} from '../../../../../../src/features/system/core/kernel/systemctl';

describe('list-units', () => {
  const expected = [
    {
      id: 'nginx.service',
      load: 'loaded',
      active: 'active',
      sub: 'running',
      description: 'A high performance web server',
    },
    { id: 'backup.service', load: 'loaded', active: 'failed', sub: 'failed', description: 'Nightly backup' },
    { id: 'ntp.service', load: 'not-found', active: 'inactive', sub: 'dead', description: 'ntp.service' },
  ];

  it('is JSON since 246', () => {
    const json = JSON.stringify(expected.map(({ id, ...more }) => ({ unit: id, ...more })));
    assert.deepEqual(parseUnits(json), expected);
  });

  it('is a table before, with --plain or with bullets, with or without a legend', () => {
    const table = expected.map(({ id, load, active, sub, description }) =>
      `${id.padEnd(24)} ${load.padEnd(9)} ${active.padEnd(8)} ${sub.padEnd(8)} ${description}`.trimEnd(),
    );
    assert.deepEqual(parseUnits(table.join('\n')), expected);
    const legend = [
      '  UNIT                     LOAD      ACTIVE   SUB      DESCRIPTION',
      `  ${table[0]}`,
      `● ${table[1]}`,
      `● ${table[2]}`,
      '',
      'LOAD   = Reflects whether the unit definition was properly loaded.',
      'ACTIVE = The high-level unit activation state, i.e. generalization of SUB.',
      '3 loaded units listed.',
      "To show all installed unit files use 'systemctl list-unit-files'.",
    ];
    assert.deepEqual(parseUnits(legend.join('\n')), expected);
  });

  it('keeps escapes of names, and what is no unit out', () => {
    const name = String.raw`dev-disk-by\x2duuid-1.device`;
    assert.equal(parseUnits(`${name} loaded active plugged A disk`)?.[0]?.id, name);
    assert.deepEqual(parseUnits('[{"unit":"../x.service"},{"unit":7},null,3]'), []);
    assert.equal(parseUnits('[{'), null);
  });
});

describe('list-unit-files', () => {
  it('is read in all its forms', () => {
    const expected = [
      { id: 'nginx.service', state: 'enabled', preset: 'enabled' },
      { id: 'dbus.service', state: 'static', preset: null },
    ];
    // 246 to 250, 251 and later, 245, 239.
    const forms = [
      '[{"unit_file":"nginx.service","state":"enabled","vendor_preset":"enabled"},{"unit_file":"dbus.service","state":"static","vendor_preset":null}]',
      '[{"unit_file":"nginx.service","state":"enabled","preset":"enabled"},{"unit_file":"dbus.service","state":"static","preset":null}]',
      'nginx.service  enabled enabled\ndbus.service   static  -\n',
      'nginx.service  enabled enabled\ndbus.service   static\n',
    ];
    for (const form of forms) assert.deepEqual(parseUnitFiles(form), expected, form);
  });
});

describe('show', () => {
  it('has a block for each unit', () => {
    const units = parseProperties(
      'Id=a.service\nMainPID=5\nDescription=x=y\n\nId=b.timer\nUnit=a.service\n\nMainPID=7\n',
    );
    assert.deepEqual([...units.keys()], ['a.service', 'b.timer']);
    assert.equal(units.get('a.service')?.get('Description'), 'x=y');
  });

  it('writes what is not there in three ways', () => {
    assert.equal(propertyNumber('4096'), 4096);
    for (const text of ['[not set]', '18446744073709551615', 'infinity', '', undefined]) {
      assert.equal(propertyNumber(text), null, text);
    }
  });
});

describe('a span of time', () => {
  it('is a sum of units', () => {
    assert.equal(parseTimeSpan('1d 2h 3min 4.5s'), 93_784_500);
    assert.equal(parseTimeSpan('1w 8.250ms'), 604_800_008.25);
    assert.equal(parseTimeSpan('17min 32.123456s'), 1_052_123.456);
    assert.equal(parseTimeSpan('0'), 0);
    for (const text of ['infinity', 'n/a', '', '5', '1d x', undefined]) assert.equal(parseTimeSpan(text), null, text);
  });
});

describe('any output', () => {
  it('is read without a failure', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.string()).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (output) => {
        for (const { id } of [...(parseUnits(output) ?? []), ...(parseUnitFiles(output) ?? [])])
          assert.match(id, /\.\w+$/);
        parseProperties(output);
        const span = parseTimeSpan(output);
        assert.ok(span === null || span >= 0);
      }),
    );
  });
});
