import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { unpackVsix } from '../../src/build/vsix';

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

  function opsdeck(words: readonly string[], language = 'C'): Outcome {
    const environment = { ...process.env, LC_ALL: language };
    const program = path.join(folder, 'dist', 'cli.js');
    const done = spawnSync(process.execPath, [program, ...words], {
      encoding: 'utf8',
      env: environment,
      cwd: os.tmpdir(),
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
