import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { wantedEditor } from '../../../src/build/editorInstall';
import { startEditor } from '../../../src/build/editorServer';
import { Processes } from '../../../src/build/processes';
import { inProject } from '../../../src/build/project';
import { openWorkbench, type Workbench } from '../support/workbench';

describe('a real VS Code in the browser', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ folder: inProject('media', 'playground'), theme: 'Default Light Modern' });
  });

  after(() => workbench.dispose());

  it('finds the panel that a command opens', async () => {
    await workbench.command('Opsdeck: Show System Overview');
    const frame = await workbench.reportFrame();
    assert.notEqual((await frame.locator('body').innerText()).trim(), '');
    await workbench.screenshot('harness');
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });

  it('notices what the content security policy of the panel refuses', async () => {
    const frame = await workbench.reportFrame();
    await frame.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.refused = false';
      document.body.append(script);
    }`);
    await workbench.page.waitForTimeout(500);
    const violations = workbench.console.cspViolations();
    assert.equal(violations.length, 1, violations.join('\n'));
    assert.match(violations[0] ?? '', /inline script/i);
  });
});

describe('the editor of `npm start`', () => {
  const processes = new Processes();
  let dataFolder: string;
  before(() => {
    dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-token-'));
  });
  after(async () => {
    await processes.stopAll();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('listens on loopback only and lets in nobody without its token', async () => {
    const server = await startEditor(processes, wantedEditor(), { dataFolder, token: true });
    const url = new URL(server.url(dataFolder));
    assert.equal(url.hostname, '127.0.0.1');
    // Whoever has it gets it as a cookie, and is sent on.
    const known = await fetch(url, { redirect: 'manual' });
    assert.deepEqual([known.status, known.headers.has('set-cookie')], [302, true]);
    url.searchParams.set('tkn', 'guessed');
    assert.equal((await fetch(url)).status, 403);
    url.searchParams.delete('tkn');
    assert.equal((await fetch(url)).status, 403);
    const others = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      await assert.rejects(fetch(`http://${address}:${server.port}/`), `it answers on ${address}`);
    }
  });
});
