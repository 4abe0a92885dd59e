import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { unpackVsix } from '../../src/build/vsix';
import { until } from '../editor/support/until';
import { silentMount } from '../support/silentMount';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the packed command line', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-cli-'));
    unpackVsix(process.env['OPSDECK_VSIX'] ?? '', folder);
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  function opsdeck(words: readonly string[], language = 'C', before: readonly string[] = []): Outcome {
    const environment = { ...process.env, LC_ALL: language };
    const [program = '', ...all] = [...before, process.execPath, path.join(folder, 'dist', 'cli.js'), ...words];
    const done = spawnSync(program, all, {
      encoding: 'utf8',
      env: environment,
      cwd: os.tmpdir(),
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    return { code: done.status, out: done.stdout, err: done.stderr };
  }

  it('answers in every format', () => {
    const words = ['ip.inspect', '--address', '10.0.0.0/8', '--format'];
    assert.match(opsdeck([...words, 'md']).out, /^# 10\.0\.0\.0\/8\n/);
    assert.match(opsdeck([...words, 'csv']).out, /16777216/);
    assert.match(opsdeck([...words, 'html']).out, /^<!doctype html>/);
    const inspection = JSON.parse(opsdeck([...words, 'json']).out) as {
      readonly network: { readonly usableHosts: string };
    };
    assert.equal(inspection.network.usableHosts, '16777214');
  });

  it('is a program by itself, as npx and npm link start it', () => {
    assert.ok(fs.readFileSync(path.join(folder, 'dist', 'cli.js'), 'utf8').startsWith('#!/usr/bin/env node\n'));
  });

  it('refuses an impossible address with the reason, on stderr alone', () => {
    const refused = opsdeck(['ip.inspect', '10.0.256.1']);
    assert.equal(refused.code, 2);
    assert.equal(refused.out, '');
    assert.match(refused.err, /octet 3 is 256/);
  });

  for (const tool of [
    ...['processes', 'sockets', 'files', 'disks', 'memory', 'network'],
    ...['users', 'sensors', 'services', 'snapshot'],
  ]) {
    it(`gives the result of system.${tool} as JSON, and as a report with a verdict`, function () {
      if (process.platform !== 'linux') this.skip();
      const result = opsdeck([`system.${tool}`, '--format', 'json']);
      assert.equal(result.err, '');
      assert.equal((JSON.parse(result.out) as { readonly machine: string }).machine, 'local');
      assert.match(opsdeck([`system.${tool}`]).out, /^# .+\n\n\*\*. \w+:\*\* .+\./u);
    });
  }

  it('changes a process only when told so, and tells how to take it back', function () {
    if (process.platform !== 'linux') this.skip();
    const victim = spawn('sleep', ['100']);
    try {
      const pid = String(victim.pid);
      const words = ['system.nice', '--pid', pid, '--nice', '3'];
      assert.equal(opsdeck(words).code, 2, 'nobody has confirmed it');
      assert.equal(opsdeck([...words, '--dry-run']).code, 0);
      assert.equal(os.getPriority(victim.pid), 0);
      const done = opsdeck([...words, '--yes']);
      assert.equal(done.code, 0, done.err);
      assert.equal(os.getPriority(victim.pid), 3);
      assert.match(done.err, new RegExp(`opsdeck system\\.nice --pid ${pid} --start-ticks \\d+ --nice 0\n`));
      const other = opsdeck(['system.nice', '--pid', pid, '--start-ticks', '1', '--nice', '5', '--yes']);
      assert.equal(other.code, 2, 'another process had this number');
      assert.equal(os.getPriority(victim.pid), 3);
      assert.equal(opsdeck(['system.terminate', '--pid', '1', '--yes']).code, 2);
    } finally {
      victim.kill('SIGKILL');
    }
  });

  it('shows this machine and ends by itself, with nothing left running', () => {
    const shown = opsdeck(['system.overview', '--format', 'json']);
    assert.ok(shown.code === 0 || shown.code === 1, shown.err);
    const overview = JSON.parse(shown.out) as { readonly memory: { readonly totalBytes: number } };
    assert.ok(Math.abs(overview.memory.totalBytes - os.totalmem()) < os.totalmem() * 0.01);
  });

  it('answers and ends though a file system is silent; only what lies on it is not known', async function () {
    this.timeout(300_000);
    const place = path.join(folder, 'mount');
    fs.mkdirSync(place);
    const mount = await silentMount(place);
    if (mount === null) this.skip();
    const inside = (...words: readonly string[]): Outcome => opsdeck(words, 'C', mount.inside);
    const file = path.join(place, 'data');
    const [enter = '', ...options] = mount.inside;
    const holder = spawn(enter, [...options, 'sh', '-c', 'exec sleep 1000 <"$1"', 'sh', file]);
    try {
      const pid = String(holder.pid);
      await until('it sleeps', () => Promise.resolve(fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n'));
      await mount.fallSilent();
      const uses = inside('system.files', '--path', file);
      assert.equal(uses.code, 0, uses.err);
      assert.match(uses.out, new RegExp(`used by sleep \\(PID ${pid}\\)`));
      assert.match(inside('system.files', '--path', place, '--mount').out, /cannot be unmounted: it is used by sleep/);
      const one = inside('system.process', pid);
      assert.equal(one.code, 0, one.err);
      assert.ok(one.out.includes(file));
      assert.match(one.out, /did not answer: of what is open there only names are known/);
      const disks = inside('system.disks', '--format', 'json');
      assert.equal(disks.code, 0, disks.err);
      const { fileSystems } = JSON.parse(disks.out) as {
        fileSystems: { mountPoint: string; silent: boolean; totalBytes: number | null }[];
      };
      assert.deepEqual(
        fileSystems.filter(({ silent }) => silent).map(({ mountPoint }) => mountPoint),
        [place],
      );
      assert.ok((fileSystems.find(({ mountPoint }) => mountPoint === '/')?.totalBytes ?? 0) > 0);
      assert.match(inside('system.disks', '--path', file).out, /did not answer/);
      assert.match(inside('system.processes', '--file', file).out, new RegExp(`sleep +\\| +${pid} `));
      assert.match(inside('system.snapshot', '--format', 'json').out, new RegExp(`"pid": ${pid},`));
    } finally {
      holder.kill('SIGKILL');
      await mount.end();
    }
  });

  it('speaks Chinese where the shell does', () => {
    assert.match(opsdeck(['list'], 'zh_CN.UTF-8').out, /IPv4/);
    const report = opsdeck(['ip.inspect', '10.0.0.0/8'], 'zh_CN.UTF-8').out;
    assert.match(report, /私有/);
    assert.doesNotMatch(report, /Netmask/);
    assert.match(opsdeck(['ip.inspect', '10.0.256.1'], 'zh_CN.UTF-8').err, /256/);
  });

  it('stops without a word when its reader goes away', () => {
    const program = path.join(folder, 'dist', 'cli.js');
    const piped = spawnSync(
      '/bin/sh',
      ['-c', '"$1" "$2" system.overview | head -n 1', 'sh', process.execPath, program],
      {
        encoding: 'utf8',
      },
    );
    assert.match(piped.stdout, /^# /);
    assert.equal(piped.stderr, '');
  });
});
