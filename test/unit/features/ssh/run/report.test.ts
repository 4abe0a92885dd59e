import * as assert from 'node:assert/strict';
import { report } from '../../../../../src/features/ssh/report/run';
import { runPlanText, type RunPlanFacts } from '../../../../../src/features/ssh/report/runPlan';
import { runTool } from '../../../../../src/features/ssh/runTools';
import type { RunResult } from '../../../../../src/features/ssh/core/run/schema';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { assertGolden } from '../../../../support/golden';
import { runContextOf } from '../../../../support/runContext';
import { inputOf, withLocal } from './support';

const uname: RunResult = {
  machine: 'web01',
  command: ['uname', '-a'],
  script: null,
  cwd: null,
  become: 'none',
  becomeUser: null,
  terminal: false,
  timeoutSeconds: null,
  state: 'ended',
  startedMs: Date.UTC(2026, 10, 24, 4, 30),
  elapsedMs: 104,
  exitCode: 0,
  signal: null,
  stdout: 'Linux web01 6.12.48+deb13-amd64 x86_64 GNU/Linux\n',
  stderr: '',
  stdoutBytes: 49,
  stderrBytes: 0,
  lines: 1,
};

const failed: RunResult = {
  ...uname,
  command: ['sh', '-s'],
  script: 'set -e\napt-get -qq update\napt-get -y upgrade\n',
  cwd: '/srv/app',
  become: 'sudo',
  becomeUser: 'root',
  elapsedMs: 184_200,
  exitCode: 100,
  stdout: 'Reading package lists…\n```\n',
  stderr: '\u001b[1;31mE:\u001b[0m Could not get lock /var/lib/dpkg/lock-frontend. <b>It is held</b>\n',
  stdoutBytes: 30,
  stderrBytes: 90,
  lines: 3,
};

const facts: RunPlanFacts = {
  command: ['rm', '-rf', '/'],
  script: null,
  machine: 'web01',
  platform: 'linux',
  user: 'alice',
  become: 'none',
  becomeUser: 'root',
  cwd: null,
  variables: [],
  stdinLength: 0,
  terminal: false,
  timeoutSeconds: null,
};

describe('the report of ssh.run', () => {
  const options = { locale: 'en', timeZone: 'UTC' };

  it('reads well', () => {
    for (const [name, result] of Object.entries({ uname, failed })) {
      const made = report(result);
      assert.deepEqual(reportSchema.parse(made), made);
      assertGolden(`ssh/run-${name}.md`, printMarkdown(made, options));
    }
  });

  it('has its verdict and status for every way to end', () => {
    const verdicts: readonly (readonly [Partial<RunResult>, string, string])[] = [
      [{}, 'ok', 'uname ended with 0 after 0.1 s on web01.'],
      [{ exitCode: 3 }, 'error', 'uname ended with 3 after 0.1 s on web01.'],
      [{ exitCode: null, signal: 'SEGV' }, 'error', 'uname was ended by the signal SEGV after 0.1 s on web01.'],
      [{ state: 'running', exitCode: null }, 'info', 'uname runs on web01.'],
      [{ state: 'cancelled', exitCode: null }, 'warning', 'uname was cancelled after 0.1 s on web01.'],
      [
        { state: 'timed-out', exitCode: null, elapsedMs: 65_000, machine: 'local' },
        'error',
        'uname did not end within 1 min 5 s on this machine and was ended.',
      ],
      [{ script: 'x', command: ['bash', '-s'] }, 'ok', 'The script ended with 0 after 0.1 s on web01.'],
    ];
    for (const [change, status, verdict] of verdicts) {
      const made = report({ ...uname, ...change });
      assert.deepEqual([made.status, made.verdict], [status, verdict]);
    }
  });

  it('tells the journal what was run, which nothing takes back', () => {
    assert.deepEqual(runTool.changes(uname), [{ what: 'uname -a on web01: exit code 0', undo: null }]);
    assert.deepEqual(runTool.changes(failed), [
      { what: 'a script of 3 lines for sh on web01: exit code 100', undo: null },
    ]);
  });
});

describe('the plan of ssh.run', () => {
  it('asks for the command on the machine and points at the danger first', () => {
    assert.deepEqual(runPlanText(facts), {
      question: 'Run rm -rf / on web01?',
      details: [
        'Danger: It removes a folder of the system or of all users with everything in it.',
        'Machine: web01 (linux)',
        'User: alice',
        'Working folder: where commands start there',
      ],
      confirm: 'Run',
    });
  });

  it('shows the beginning of a script, and names of variables but no values', () => {
    const script = Array.from({ length: 50 }, (_, index) => `echo ${index}`).join('\n');
    const { details, question } = runPlanText({
      ...facts,
      command: ['bash', '-s'],
      script,
      become: 'sudo',
      cwd: '/srv',
      variables: ['TOKEN'],
      stdinLength: 7,
      terminal: true,
      timeoutSeconds: 30,
    });
    assert.equal(question, 'Run a script of 50 lines for bash on web01?');
    assert.deepEqual(details.slice(0, 8), [
      'Machine: web01 (linux)',
      'User: alice, becomes root by sudo',
      'Working folder: /srv',
      'Environment: TOKEN',
      'Standard input: 7 characters',
      'With a terminal',
      'Ended after 30 s',
      'Script:',
    ]);
    assert.deepEqual([details[8], details[47], details[48]], ['  echo 0', '  echo 39', '… and 10 lines more']);
    assert.equal(details.length, 49);
  });

  it('finds the user out and changes nothing', () =>
    withLocal(async (machine) => {
      const input = inputOf({ command: 'touch /tmp/never', env: 'TOKEN=secret' });
      const plan = await runTool.plan(input, runContextOf(machine));
      assert.equal(plan.question, 'Run touch /tmp/never on this machine?');
      assert.ok(plan.details.some((line) => /^User: \S+$/.test(line)));
      assert.ok(!plan.details.join().includes('secret'));
      assert.deepEqual(plan.input, input);
    }));
});
