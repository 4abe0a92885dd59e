import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { freePort } from '../../support/sshServer';
import { openWorkbench, type Workbench } from '../support/workbench';

const manyHosts = `
groups:
  web:
    hosts: ["web[0001-0600]"]
    tags: [prod]
  databases:
    policy: { readOnly: true, colour: red }
    hosts: ["db[001-400]"]
`;

/** A person who has no SSH configuration and no known hosts. */
describe('the view Hosts', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let home: string;
  let folder: string;

  before(async () => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-home-'));
    folder = path.join(home, 'project');
    fs.cpSync(projectPath('media', 'playground'), folder, { recursive: true });
    const configFile = path.join(home, 'ssh_config');
    fs.writeFileSync(configFile, '');
    workbench = await openWorkbench({
      folder,
      settings: { 'opsdeck.ssh.configFile': configFile },
      env: { HOME: home },
    });
    await workbench.page.locator('.activitybar [aria-label*="Opsdeck"]').first().click();
  });

  after(async () => {
    await workbench?.dispose();
    fs.rmSync(home, { recursive: true, force: true });
  });

  const row = (text: string): Locator =>
    workbench.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();

  async function useTheme(name: string, mark: string): Promise<void> {
    await workbench.command('Preferences: Color Theme');
    await workbench.answer(name);
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  it('says where hosts come from while there are none, and leads there', async () => {
    const welcome = workbench.page.locator('.welcome-view', { hasText: 'No host is known yet' }).first();
    await welcome.waitFor();
    assert.match(await welcome.innerText(), /SSH configuration, known_hosts, Ansible inventories and hosts files/);
    for (const offer of ['Open a Terminal on a Host', 'Open SSH Configuration', 'New Hosts File']) {
      await welcome.locator('a', { hasText: offer }).first().waitFor();
    }
    await workbench.screenshot('hosts-none');
    await welcome.locator('a', { hasText: 'Open SSH Configuration' }).first().click();
    await workbench.page.locator('.tab', { hasText: 'ssh_config' }).first().waitFor();
  });

  it('has the hosts of a file as soon as there is one, a thousand as well as one', async () => {
    const port = await freePort();
    fs.writeFileSync(
      path.join(workbench.workspace, 'down.hosts.yaml'),
      `hosts:\n  down: { address: 127.0.0.1, port: ${port} }\n`,
    );
    await row('down').waitFor();
    fs.writeFileSync(path.join(workbench.workspace, 'many.hosts.yaml'), manyHosts);
    // Large groups are closed, so that every group is in sight.
    await row('web').waitFor();
    await row('databases').waitFor();
    await row('down').waitFor();
    assert.equal(await row('web0001').count(), 0);
    await workbench.screenshot('hosts-many');
    await workbench.command('Opsdeck: Filter the Hosts…');
    await workbench.answer('db39');
    await row('db390').waitFor();
    await workbench.page.locator('.pane', { hasText: '10 of 1001 hosts with "db39"' }).first().waitFor();
    await workbench.screenshot('hosts-many-filter');
    await workbench.command('Opsdeck: Filter the Hosts…');
    await workbench.answer('nothing like that');
    await workbench.page.locator('.pane', { hasText: '0 of 1001 hosts' }).first().waitFor();
    await workbench.screenshot('hosts-many-nothing');
    await workbench.page.locator('.pane-header', { hasText: 'Hosts' }).first().hover();
    await workbench.page.getByRole('button', { name: 'Show All Hosts' }).click();
    await row('web').click();
    await row('web0001').waitFor();
    await workbench.screenshot('hosts-many-open');
    await row('web').click();
    await row('web0001').waitFor({ state: 'detached' });
  });

  it('tells at its line what is wrong in a hosts file, until it is mended', async () => {
    const { page } = workbench;
    const file = path.join(workbench.workspace, 'broken.hosts.yaml');
    fs.writeFileSync(file, 'hosts:\n  lame: { port: 99999, colour: red }\n');
    await row('lame').waitFor();
    await page.locator('.pane', { hasText: '2 places were not understood' }).first().waitFor();
    await workbench.command('Go to File...');
    await workbench.quickInput().fill('broken.hosts.yaml');
    await workbench.quickPick('broken.hosts.yaml').click();
    await page.locator('.tab', { hasText: 'broken.hosts.yaml' }).first().waitFor();
    await workbench.command('Problems: Focus on Problems View');
    const problems = page.locator('.markers-panel .monaco-list-row');
    await problems.filter({ hasText: 'port: 99999 is more than 65535' }).first().waitFor();
    await problems.filter({ hasText: '“colour” is not known here' }).first().waitFor();
    assert.match(await problems.filter({ hasText: 'colour' }).first().innerText(), /Ln 2/);
    await workbench.screenshot('hosts-problems');
    fs.writeFileSync(file, 'hosts:\n  lame: { port: 9999 }\n');
    await problems.first().waitFor({ state: 'detached' });
    await page.locator('.pane', { hasText: 'places were not understood' }).first().waitFor({ state: 'detached' });
  });

  it('says what is wrong with a host that is down, and what to do', async () => {
    await workbench.command('Opsdeck: Filter the Hosts…');
    await workbench.answer('down');
    await row('down').hover();
    await row('down').getByRole('button', { name: 'Show System Overview' }).click();
    const frame = await workbench.reportFrame('down');
    await frame.locator('.state-failed').first().waitFor();
    assert.match(await frame.locator('body').innerText(), /refused/);
    await workbench.screenshot('hosts-down');
    await useTheme('Light Modern', 'vs');
    await workbench.screenshot('hosts-down-light');
  });

  it('broke no content security policy and logged no error of their own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
