import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import * as http from 'node:http';
import type * as net from 'node:net';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { endSessions, freePort, noSshServer, startSshServer, type SshServer } from '../../support/sshServer';
import { seriousViolations } from '../support/axe';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

describe('tunnels in the editor (Linux only)', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let server: SshServer;
  const web = http.createServer((_request, response) => response.end('from behind the host'));
  let webPort = 0;
  /** Of this machine, as the guide has proposed it. */
  let port = 0;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    webPort = (web.address() as net.AddressInfo).port;
    workbench = await openWorkbench({
      folder: projectPath('media', 'playground'),
      settings: { 'opsdeck.ssh.configFile': server.configFile },
    });
  });

  after(async () => {
    await workbench?.dispose();
    web.closeAllConnections();
    web.close();
    await server?.stop();
  });

  function line(text: string | RegExp): Locator {
    return workbench.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  async function fetched(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(20_000),
    });
    return response.text();
  }

  async function refused(): Promise<boolean> {
    return fetched().then(
      () => false,
      () => true,
    );
  }

  /** What a screen reader is told of it. */
  function lineThat(says: string): Locator {
    return workbench.page.locator(`.pane-body .monaco-list-row[aria-label*="${says}"]`).first();
  }

  async function stateIs(words: string): Promise<void> {
    await lineThat(words).waitFor();
  }

  /** A menu that has just come up takes no click for a moment: it is asked again until what it does is seen. */
  async function chooseInMenu(name: string, item: string, effect: Locator): Promise<void> {
    const entry = workbench.page.locator('.context-view .action-item', { hasText: new RegExp(`^${item}`) }).first();
    const timeout = 2_000;
    await until(item, async () => {
      if (!(await entry.isVisible())) await openMenu(name).catch(() => undefined);
      await entry.click({ timeout }).catch(() => undefined);
      return effect
        .first()
        .waitFor({ timeout })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** With the focus in a report, a menu would go as soon as it comes: the line gets it first. */
  async function openMenu(name: string): Promise<void> {
    await line(name).click({ timeout: 2_000 });
    await line(name).click({ button: 'right', timeout: 2_000 });
  }

  async function asked(prompt: RegExp): Promise<void> {
    await until(String(prompt), async () =>
      prompt.test(
        await workbench
          .quickInputMessage()
          .innerText({ timeout: 1_000 })
          .catch(() => ''),
      ),
    );
  }

  it('are offered in their view while there is none', async () => {
    await workbench.page.locator('.activitybar [aria-label*="Opsdeck"]').first().click();
    await workbench.page.locator('.pane-header', { hasText: 'Tunnels' }).first().waitFor();
    const offer = workbench.page.locator('.welcome-view a', { hasText: 'Open a Tunnel' }).first();
    await offer.waitFor();
    await workbench.screenshot('tunnels-empty');
    await offer.click();
    await workbench.quickPick(server.alias).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('are added by a guide that judges what is typed, and opened', async () => {
    await line(server.alias).waitFor();
    await workbench.command('Opsdeck: Open a Tunnel…');
    await workbench.quickPick(server.alias).click();
    await workbench.quickPick('A port here that leads to a target').waitFor();
    await workbench.screenshot('tunnels-kind');
    await workbench.page.keyboard.press('Enter');
    await asked(/as peer sees it/);
    await workbench.quickInput().fill('db:99999');
    await asked(/“99999” is not a port/);
    await workbench.quickInput().fill(`127.0.0.1:${webPort}`);
    await workbench.page.keyboard.press('Enter');
    await asked(/The port of this machine to listen on/);
    port = Number(await workbench.quickInput().inputValue());
    assert.ok(port > webPort, `${webPort} is taken, and ${port} was proposed`);
    await workbench.quickInput().fill(String(webPort));
    await asked(new RegExp(`Port ${webPort} of this machine is taken by .*PID ${process.pid}`));
    await workbench.screenshot('tunnels-taken');
    await workbench.answer(String(port));
    await asked(/under this name/);
    await workbench.answer('shop');
    await line('shop').waitFor();
    await stateIs('shop, open,');
    assert.equal(await fetched(), 'from behind the host');
    await workbench.screenshot('tunnels-open');
  });

  it('tell in their report what has gone through', async () => {
    await chooseInMenu(
      'shop',
      'Show What Goes through',
      workbench.page.locator('.tab', { hasText: 'Tunnels through peer' }),
    );
    const frame = await workbench.reportFrame('Tunnels through peer');
    await frame.locator('.state-live').waitFor();
    await until('the counts', async () => /1 in all/.test(await frame.locator('body').innerText()));
    assert.deepEqual(await seriousViolations(frame), []);
    await workbench.screenshot('tunnels-report');
  });

  it('come back after the connection was lost, and show that meanwhile', async () => {
    assert.equal(endSessions(server), true);
    await stateIs('shop, reconnecting');
    await workbench.screenshot('tunnels-lost');
    await stateIs('shop, open,');
    assert.equal(await fetched(), 'from behind the host');
  });

  it('copy their address', async () => {
    await workbench.command('Opsdeck: Copy the Address of the Tunnel');
    await workbench.quickPick('shop').click();
    await until('the clipboard', async () => (await workbench.clipboard()) === `localhost:${port}`);
  });

  it('end when they are closed, in the line or by the keyboard alone', async () => {
    await line('shop').hover();
    await line('shop').getByRole('button', { name: 'Close the Tunnel' }).click();
    await stateIs('shop, closed');
    await until('the end of the tunnel', refused);
    await workbench.command('Opsdeck: Open a Saved Tunnel');
    await workbench.quickPick('shop').waitFor();
    await workbench.page.keyboard.press('Enter');
    await stateIs('shop, open,');
    assert.equal(await fetched(), 'from behind the host');
    await workbench.command('Opsdeck: Close the Tunnel');
    await workbench.quickPick('shop').waitFor();
    await workbench.page.keyboard.press('Enter');
    await stateIs('shop, closed');
    await until('the end of the tunnel', refused);
  });

  it('go on under another name, and are opened anew where they are to lead elsewhere', async () => {
    await workbench.command('Opsdeck: Open a Saved Tunnel');
    await workbench.quickPick('shop').click();
    await stateIs('shop, open,');
    await workbench.command('Opsdeck: Edit the Tunnel…');
    await workbench.quickPick('shop').click();
    await workbench.quickPick('Name').click();
    await asked(/under this name/);
    await workbench.answer('store');
    await stateIs('store, open,');
    assert.equal(await fetched(), 'from behind the host');
    const before = port;
    port = await freePort();
    await workbench.command('Opsdeck: Edit the Tunnel…');
    await workbench.quickPick('store').click();
    await workbench.quickPick('Ends').click();
    await asked(/as after ssh -L/);
    await workbench.answer(`${port}:127.0.0.1:${webPort}`);
    await stateIs(`store, open, localhost:${port} `);
    assert.equal(await fetched(), 'from behind the host');
    await assert.rejects(fetch(`http://127.0.0.1:${before}/`));
    // Only the target is another one now: the same port is listened on again at once.
    await workbench.command('Opsdeck: Edit the Tunnel…');
    await workbench.quickPick('store').click();
    await workbench.quickPick('Ends').click();
    await asked(/as after ssh -L/);
    await workbench.answer(`${port}:localhost:${webPort}`);
    await stateIs(`store, open, localhost:${port} → localhost:`);
    assert.equal(await fetched(), 'from behind the host');
  });

  it('are open again in a new window where that is wished', async () => {
    await chooseInMenu('store', 'Open the Tunnel with VS Code', lineThat('Opens with VS Code'));
    await workbench.open();
    await until('the tunnel', async () => !(await refused()));
    await workbench.page.locator('.activitybar [aria-label*="Opsdeck"]').first().click();
    await stateIs('store, open,');
  });

  it('are a SOCKS proxy too, whose line says so and through which others get behind the host', async () => {
    const socksPort = await freePort();
    await workbench.command('Opsdeck: Open a Tunnel…');
    await workbench.quickPick(server.alias).click();
    await workbench.quickPick('A SOCKS proxy here').click();
    await asked(/The port of this machine to listen on/);
    await workbench.answer(String(socksPort));
    await asked(/under this name/);
    await workbench.answer('way out');
    await stateIs('way out, open,');
    const label = await lineThat('way out, open,').getAttribute('aria-label');
    assert.equal(label, `way out, open, localhost:${socksPort} (SOCKS proxy), peer`);
    await chooseInMenu('way out', 'Use the SOCKS Proxy', workbench.quickPick('curl --proxy'));
    await workbench.screenshot('tunnels-socks');
    await workbench.quickPick('curl --proxy').click();
    await until('the clipboard', async () => (await workbench.clipboard()).startsWith('curl '));
    // The line as it was copied, but for the address behind the host.
    const copied = (await workbench.clipboard()).replace('https://example.com/', `http://localhost:${webPort}/`);
    const { stdout } = await promisify(execFile)('sh', ['-c', `${copied} --silent --max-time 20`]);
    assert.equal(stdout, 'from behind the host');
    await workbench.command('Opsdeck: Remove the Tunnel');
    await workbench.quickPick('way out').click();
    await line('way out').waitFor({ state: 'detached' });
  });

  it('look as they should in a light theme too', async () => {
    await workbench.command('Preferences: Color Theme');
    await workbench.answer('Light Modern');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator('.monaco-workbench.vs').waitFor();
    await line('store').hover();
    await workbench.screenshot('tunnels-light');
  });

  it('are removed with a way back', async () => {
    const removal = 'Opsdeck: Remove the Tunnel';
    await workbench.command(removal);
    await workbench.quickPick('store').click();
    const toast = workbench.page.locator('.notification-toast', { hasText: 'was removed' }).first();
    await toast.waitFor();
    await line('store').waitFor({ state: 'detached' });
    await until('the end of the tunnel', refused);
    await toast.locator('.monaco-button', { hasText: 'Undo' }).click();
    await stateIs('store, open,');
    assert.equal(await fetched(), 'from behind the host');
  });

  it('say in their line why they cannot be opened, and who has the port', async () => {
    await workbench.command('Opsdeck: Open a Tunnel…');
    await workbench.quickPick(server.alias).click();
    await workbench.quickPick('A SOCKS proxy here').click();
    await asked(/The port of this machine to listen on/);
    await workbench.answer(String(webPort));
    await asked(/under this name/);
    await workbench.answer('proxy');
    await stateIs('proxy, failed');
    const toast = workbench.page.locator('.notification-toast', { hasText: 'is taken by' }).first();
    await toast.waitFor();
    assert.match(await toast.innerText(), new RegExp(`PID ${process.pid}`));
    await workbench.screenshot('tunnels-failed');
  });

  it('broke no content security policy and logged no error of their own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
