import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { parseUnitFiles } from '../../../../../src/features/system/core/kernel/systemctl';
import type { ServicesResult } from '../../../../../src/features/system/core/services/schema';
import { servicesTool } from '../../../../../src/features/system/hostTools';
import { hostStage, output } from './hostStage';

describe('system.services against systemctl, /etc/init.d and /proc (Linux only)', () => {
  if (process.platform !== 'linux') return;
  const scene = hostStage();
  let result: ServicesResult;

  before(async () => {
    result = await scene.run(servicesTool, { state: 'all', type: 'service' });
  });

  it('knows what runs the machine', () => {
    const booted = fs.existsSync('/run/systemd/system');
    assert.equal(result.manager === 'systemd', booted);
    assert.equal(result.firstProcess, fs.readFileSync('/proc/1/comm', 'utf8').trim());
    assert.equal(result.problems.length === 0, booted);
  });

  it('has the services of systemctl, or the scripts where systemd does not run', function () {
    if (result.manager === 'systemd') {
      const lines = output('systemctl', 'list-units', '--type=service', '--all', '--plain', '--no-legend').trim();
      const names = lines.split('\n').map((line) => line.split(' ')[0] ?? '');
      const ours = new Set(result.services.map(({ id }) => id));
      assert.deepEqual(
        names.filter((name) => !ours.has(name)),
        [],
      );
      return;
    }
    if (result.manager !== 'sysv') return this.skip();
    const scripts = fs.readdirSync('/etc/init.d').filter((name) => !/^(README|skeleton|functions|rc|\.)/.test(name));
    const ours = result.services.filter(({ file }) => file !== null).map(({ id }) => id);
    assert.deepEqual([...ours].sort(), scripts.sort());
  });

  it('has no main process that does not exist', () => {
    for (const { id, mainPid, startTicks } of result.services) {
      if (mainPid === null || !fs.existsSync(`/proc/${mainPid}`)) continue;
      const stat = fs.readFileSync(`/proc/${mainPid}/stat`, 'utf8');
      assert.equal(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19], String(startTicks), id);
    }
  });

  it('reads the same unit files from the JSON and from the table of this systemctl', function () {
    if (!fs.existsSync('/usr/bin/systemctl')) return this.skip();
    // Works from the files also where systemd does not run.
    const words = ['list-unit-files', '--full', '--no-legend', '--no-pager'];
    const table = parseUnitFiles(output('systemctl', ...words));
    const json = parseUnitFiles(output('systemctl', ...words, '--output=json'));
    assert.ok(table !== null && table.length > 20, String(table?.length));
    const byId = (list: typeof table): typeof table => [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
    assert.deepEqual(byId(json ?? []), byId(table));
  });
});
