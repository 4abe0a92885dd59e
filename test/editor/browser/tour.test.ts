import * as assert from 'node:assert/strict';
import * as net from 'node:net';
import type { Frame } from 'playwright-core';
import { projectPath } from '../../support/project';
import { seriousViolations } from '../support/axe';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

/** A command of the palette, what it is answered, and how the title of its report begins or goes on. */
type Stop = readonly [command: string, title: RegExp, answer?: string];

function stops(port: number): readonly Stop[] {
  return [
    ['Show System Overview', /^System overview of/],
    ['Show Processes', /^Processes on this machine$/],
    ['Top Processes by Memory', /^Processes on this machine: top 20 by memory/],
    ['Show a Process in Depth…', new RegExp(`PID ${process.pid}`), String(process.pid)],
    ['Show Sockets', /^Sockets of this machine$/],
    ['Who Has This Port?…', new RegExp(`^Port ${port} on`), String(port)],
    ['Show Listening Sockets', /^Listening sockets of/],
    ['Show UNIX Sockets', /^UNIX sockets of/],
    ['Who Uses a Path…', /^Who uses .*node/, process.execPath],
    ['What Keeps a Mount Busy…', /^Who uses the file system of \/proc /, '/proc'],
    ['Show Deleted Files That Still Take Space', /^Deleted files still open/],
    ['Show Disks and File Systems', /^Disks of/],
    ['Show All Mounts', /^Disks of/],
    ['Show Memory', /^Memory of this machine$/],
    ['Show Memory of Processes Exactly (PSS, USS)', /^Memory of processes/],
    ['Show Memory Maps of a Process…', new RegExp(`PID ${process.pid}`), String(process.pid)],
    ['Show Control Groups', /^Control groups of/],
    ['Show Network Interfaces and Routes', /^Network of/],
    ['Show Logged-in Users', /^Users of/],
    ['Show Past Logins and Boots', /^Users of/],
    ['Show Sensors', /^Sensors of/],
    ['Show Services', /^Services of/],
    ['Show Timers', /^Services of/],
    ['Take a Snapshot', /^Snapshot of/],
  ];
}

describe('a tour of all reports of the system', function () {
  this.timeout(300_000);
  let server: net.Server;
  let all: readonly Stop[];
  before(async () => {
    server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    all = stops((server.address() as net.AddressInfo).port);
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  for (const theme of ['Default Dark Modern', 'Default Light Modern'] as const) {
    it(`brings each with a verdict and without a serious accessibility fault in ${theme}`, async () => {
      const workbench = await openWorkbench({ folder: projectPath('media', 'playground'), theme });
      try {
        const faults: string[] = [];
        // The check of accessibility breaks the policy of the page by styles of its own: those do not count.
        let ownViolations = 0;
        for (const stop of all) {
          const frame = await visit(workbench, stop);
          faults.push(...workbench.console.cspViolations().slice(ownViolations));
          faults.push(...(await seriousViolations(frame)).map((fault) => `${stop[0]}: ${fault}`));
          await workbench.page.waitForTimeout(200);
          ownViolations = workbench.console.cspViolations().length;
        }
        assert.deepEqual(faults, []);
        assert.deepEqual(
          workbench.console.extensionErrors().filter((line) => !line.includes('Content Security')),
          [],
        );
      } finally {
        await workbench.dispose();
      }
    });
  }
});

/** The frame of the report, when it says something. */
async function visit(workbench: Workbench, [command, title, answer]: Stop): Promise<Frame> {
  await workbench.command(`Opsdeck: ${command}`);
  if (answer !== undefined) await workbench.answer(answer);
  let frame = await workbench.reportFrame();
  await until(`the verdict of "${command}"`, async () => {
    frame = await workbench.reportFrame();
    // A panel whose place another one takes is gone in the middle of a look.
    return says(frame, title).catch(() => false);
  });
  // A panel takes the focus a moment after it is drawn, and would close the prompt of the next command.
  await workbench.page.waitForTimeout(500);
  return frame;
}

async function says(frame: Frame, title: RegExp): Promise<boolean> {
  const heading = frame.locator('h1');
  const verdict = frame.locator('.verdict');
  if ((await heading.count()) === 0 || (await verdict.count()) === 0) return false;
  return title.test((await heading.innerText()).trim()) && (await verdict.innerText()).trim().length > 10;
}
