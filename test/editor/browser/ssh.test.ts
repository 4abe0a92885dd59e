import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { noSshServer, startSshServer, type SshServer } from '../../support/sshServer';
import { seriousViolations } from '../support/axe';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

const hostsFile = `
groups:
  shop:
    hosts: [ledger]
    policy: { readOnly: true, colour: red }
`;

describe('hosts in the editor (Linux only)', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let server: SshServer;
  let folder: string;
  let file: string;
  let knownKey: string;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    knownKey = fs.readFileSync(server.knownHostsFile, 'utf8');
    fs.writeFileSync(server.knownHostsFile, '');
    const config = fs
      .readFileSync(server.configFile, 'utf8')
      .replace('StrictHostKeyChecking yes', 'StrictHostKeyChecking ask');
    // The second name of the same server is the one that nothing may be changed on.
    fs.writeFileSync(server.configFile, `${config}${config.replace(`Host ${server.alias}`, 'Host ledger')}`);
    file = path.join(server.folder, 'site', 'nginx.conf');
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, 'worker_processes 1;\n', { mode: 0o640 });
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-hosts-'));
    fs.cpSync(projectPath('media', 'playground'), folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'shop.hosts.yaml'), hostsFile);
    workbench = await openWorkbench({
      folder,
      settings: { 'opsdeck.ssh.configFile': server.configFile },
    });
  });

  after(async () => {
    await workbench?.dispose();
    await server?.stop();
    if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
  });

  function host(name: string): Locator {
    return workbench.page.locator('.pane-body .monaco-list-row', { hasText: name }).first();
  }

  function dialog(): Locator {
    return workbench.page.locator('.monaco-dialog-box');
  }

  async function press(button: string): Promise<void> {
    await dialog()
      .locator('.monaco-button', { hasText: new RegExp(`^${button}$`) })
      .click();
    await dialog().waitFor({ state: 'detached' });
  }

  async function overviewOf(name: string): Promise<void> {
    await host(name).hover();
    await host(name).getByRole('button', { name: 'Show System Overview' }).click();
  }

  /** Asks the question of the report in front of the host. */
  async function onHost(name: string): Promise<void> {
    await workbench.command('Opsdeck: Run on Another Machine…');
    await workbench.quickPick(name).click();
  }

  it('stand in the view "Hosts", in their groups', async () => {
    await workbench.page.locator('.activitybar [aria-label*="Opsdeck"]').first().click();
    await host('shop').waitFor();
    await host('ledger').waitFor();
    await host(server.alias).waitFor();
    await workbench.screenshot('hosts');
  });

  it('are narrowed by a filter, which is seen and taken away again', async () => {
    await workbench.command('Opsdeck: Filter the Hosts…');
    await workbench.answer('ledg');
    await workbench.page.locator('.pane', { hasText: '1 of 2 hosts with "ledg"' }).first().waitFor();
    await host(server.alias).waitFor({ state: 'detached' });
    await workbench.screenshot('hosts-filter');
    await workbench.page.locator('.pane-header', { hasText: 'Hosts' }).first().hover();
    await workbench.page.getByRole('button', { name: 'Show All Hosts' }).click();
    await host(server.alias).waitFor();
  });

  it('are reached and ticked by keyboard alone', async () => {
    const { keyboard } = workbench.page;
    await workbench.command('Opsdeck: Focus on Hosts View');
    await keyboard.press('End');
    const menu = workbench.page.locator('.context-view .monaco-menu');
    const openMenu = async (): Promise<string> => {
      await keyboard.press('Shift+F10');
      await menu.waitFor();
      return menu.innerText();
    };
    const choose = async (entry: string): Promise<void> => {
      const chosen = menu.locator('.action-item.focused', { hasText: entry });
      await until(entry, async () => {
        await keyboard.press('ArrowDown');
        return (await chosen.count()) > 0;
      });
      await keyboard.press('Enter');
      await menu.waitFor({ state: 'detached' });
    };
    const text = await openMenu();
    for (const entry of ['Show System Overview', 'Open a Terminal', 'Browse Files', 'Run on This Host', 'Check the']) {
      assert.ok(text.includes(entry), `${entry} in ${text}`);
    }
    await workbench.screenshot('hosts-menu');
    await choose('Tick or Untick');
    await workbench.page.locator('.activitybar .badge-content', { hasText: '1' }).first().waitFor();
    await host(server.alias).locator('.monaco-custom-toggle.checked').waitFor();
    await openMenu();
    await choose('Tick or Untick');
    await host(server.alias).locator('.monaco-custom-toggle.checked').waitFor({ state: 'detached' });
  });

  it('lead to the line that defines them, and appear as soon as that file is saved', async () => {
    await workbench.menuOf(host('ledger'), 'Open Where It Is Defined');
    await workbench.quickPick('shop.hosts.yaml').click();
    const text = workbench.page.locator('.monaco-editor .view-lines', { hasText: 'readOnly' }).first();
    await text.click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('hosts: [gateway]');
    await workbench.page.keyboard.press('Control+s');
    await host('gateway').waitFor();
    await workbench.screenshot('hosts-edit');
  });

  it('are connected to only when their key is trusted', async () => {
    await overviewOf(server.alias);
    await dialog().waitFor();
    const text = await dialog().innerText();
    assert.match(text, /SHA256:[\w+/]{43}/);
    assert.match(text, /is not known yet/);
    await workbench.screenshot('hosts-trust');
    await press('Cancel');
    const frame = await workbench.reportFrame('peer');
    await frame.locator('.state-failed, .state-cancelled').first().waitFor();
    assert.equal(fs.readFileSync(server.knownHostsFile, 'utf8'), '');
    assert.doesNotMatch(server.log(), /Accepted publickey/);
  });

  it('are trusted once, and asked about again the next time', async () => {
    await overviewOf(server.alias);
    await dialog().waitFor();
    await press('Trust Once');
    const frame = await workbench.reportFrame('System overview of peer');
    await frame.locator('.state-live').waitFor();
    assert.equal(fs.readFileSync(server.knownHostsFile, 'utf8'), '');
    // The report goes on, and connects anew for that.
    await workbench.menuOf(host(server.alias), 'Disconnect');
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /is not known yet/);
    await press('Cancel');
    await frame.locator('.state-failed, .state-cancelled').first().waitFor();
  });

  it('show their live overview once they are trusted', async () => {
    await overviewOf(server.alias);
    await dialog().waitFor();
    await press('Trust');
    const frame = await workbench.reportFrame('System overview of peer');
    await frame.locator('.state-live').waitFor();
    assert.match(fs.readFileSync(server.knownHostsFile, 'utf8'), /ssh-ed25519 /);
    await workbench.page.locator('.tab', { hasText: 'peer' }).first().waitFor();
    assert.deepEqual(await seriousViolations(frame), []);
    await workbench.screenshot('hosts-overview');
  });

  it('show their processes, and one in depth stays on the host', async () => {
    await workbench.command('Opsdeck: Show Processes');
    await workbench.reportFrame('Processes on this machine');
    await onHost(server.alias);
    const frame = await workbench.reportFrame('Processes on peer');
    await frame.locator('.state-live').waitFor();
    const row = frame.getByRole('grid').first().getByRole('row').filter({ hasText: 'sshd' }).first();
    await row.getByRole('gridcell').first().click();
    await workbench.page.keyboard.press('Enter');
    const depth = await workbench.reportFrame('sshd (PID');
    await depth.locator('.state-live').waitFor();
    assert.match(await depth.locator('body').innerText(), /· peer ·|peer/);
  });

  it('take the question of the report in front', async () => {
    await workbench.command('Opsdeck: Show Memory');
    await workbench.reportFrame('Memory of this machine');
    await onHost(server.alias);
    await workbench.reportFrame('Memory of peer');
  });

  it('run a command after it was confirmed, with its output in colours', async () => {
    await workbench.command('Opsdeck: Run a Command or Script…');
    await workbench.quickPick(server.alias).click();
    await until('the question for the command', () => askedFor('program'));
    await workbench.answer(`sh -c 'printf "\\033[32mgreen\\033[0m %s\\n" "$SSH_CONNECTION"; exit 3'`);
    await dialog().waitFor();
    await press('Run');
    const frame = await workbench.reportFrame('green');
    await frame.locator('.state-done').waitFor();
    assert.match(await frame.locator('body').innerText(), /green 127\.0\.0\.1 \d+ 127\.0\.0\.1/);
    await workbench.screenshot('hosts-run');
    assert.deepEqual(await seriousViolations(frame), []);
  });

  it('have a terminal', async () => {
    await host(server.alias).hover();
    await host(server.alias)
      .getByRole('button', { name: /Terminal/ })
      .click();
    await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor();
    const mark = path.join(server.folder, 'from-terminal');
    await until('the shell', async () => {
      await workbench.page.keyboard.type(`echo $SSH_CONNECTION > ${mark}\n`);
      await workbench.page.waitForTimeout(1_000);
      return fs.existsSync(mark) && fs.readFileSync(mark, 'utf8').includes('127.0.0.1');
    });
    await workbench.page.keyboard.type('exit\n');
    await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor({ state: 'hidden' });
  });

  async function chooseProfile(): Promise<void> {
    const timeout = 5_000;
    await workbench.quickInput().fill('>Terminal: Create New Terminal', { timeout });
    await workbench.quickPick('(With Profile)').click({ timeout });
    await workbench.quickPick('Opsdeck: Host…').click({ timeout });
  }

  it('are offered as a profile of terminals', async () => {
    // A panel that has just been drawn takes the focus, and the list of profiles is made anew when all are found.
    await until('the question for the host', async () => {
      await workbench.page.keyboard.press('F1');
      const isChosen = await chooseProfile().then(
        () => true,
        () => false,
      );
      for (let round = 0; isChosen && round < 50; round += 1) {
        if (await askedFor('SSH configuration')) return true;
        await workbench.page.waitForTimeout(100);
      }
      return false;
    });
    await workbench.quickPick(server.alias).click();
    await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor();
    const mark = path.join(server.folder, 'from-profile');
    await until('the shell', async () => {
      await workbench.page.keyboard.type(`echo $SSH_CONNECTION > ${mark}\n`);
      await workbench.page.waitForTimeout(1_000);
      return fs.existsSync(mark) && fs.readFileSync(mark, 'utf8').includes('127.0.0.1');
    });
    await workbench.screenshot('hosts-terminal');
    await workbench.page.keyboard.type('exit\n');
    await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor({ state: 'hidden' });
  });

  it('let a file be opened, edited and saved, with its mode kept', async () => {
    await workbench.command('Opsdeck: Browse Files of a Host…');
    await workbench.quickPick(server.alias).click();
    await workbench.quickPick('Open a File').click();
    for (const { folder, name } of upAndDown()) {
      const title = `${server.alias}:${folder}`;
      await workbench.page.locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
      if (name !== '..') await workbench.quickInput().fill(name);
      await workbench.quickPick(name).click();
    }
    await workbench.page.locator('.tab', { hasText: 'nginx.conf' }).first().waitFor();
    const editor = workbench.page.locator('.monaco-editor .view-lines', { hasText: 'worker_processes' }).first();
    await editor.click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('# edited over SSH');
    await workbench.page.keyboard.press('Control+s');
    await until('the file', () => Promise.resolve(fs.readFileSync(file, 'utf8').includes('# edited over SSH')));
    assert.equal(fs.statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(fs.readdirSync(path.dirname(file)), ['nginx.conf'], 'nothing is left beside it');
    await workbench.screenshot('hosts-file');
  });

  it('are not changed where their hosts file says read-only', async () => {
    await workbench.command('Opsdeck: Install a Public Key…');
    await workbench.quickPick('ledger').click();
    await until('the question for the key', () => askedFor('key'));
    await workbench.answer(fs.readFileSync(`${server.keyFile}.pub`, 'utf8').trim());
    await workbench.page.locator('.notification-toast', { hasText: 'read-only' }).first().waitFor();
  });

  it('are refused when they show another key, with both keys and the place of the old one', async () => {
    const other = knownKey.replace(/AAAA\S+/, fs.readFileSync(`${server.keyFile}.pub`, 'utf8').split(' ')[1] ?? '');
    fs.writeFileSync(server.knownHostsFile, other);
    await workbench.command('Opsdeck: Check the Connection to a Host…');
    await workbench.answer(server.alias);
    const frame = await workbench.reportFrame('Connection to peer');
    await frame.locator('.state-done').waitFor();
    const text = await frame.locator('body').innerText();
    assert.match(text, /another one than is known/);
    assert.match(text, /known_hosts/);
    await workbench.screenshot('hosts-changed');
    assert.deepEqual(await seriousViolations(frame), []);
  });

  it('are not connected to with another key: both are shown, and there is nothing but Cancel', async () => {
    await workbench.menuOf(host(server.alias), 'Disconnect');
    await until('the end of the connection', async () => {
      const label = await host(server.alias).getAttribute('aria-label');
      return label?.includes('not connected') ?? false;
    });
    await overviewOf(server.alias);
    await dialog().waitFor();
    const text = await dialog().innerText();
    assert.equal(new Set(text.match(/SHA256:[\w+/]{43}/g)).size, 2, text);
    assert.match(text, /known_hosts, line 1/);
    assert.equal(await dialog().locator('.dialog-buttons .monaco-button').count(), 1);
    await workbench.screenshot('hosts-changed-dialog');
    const logins = server.log().match(/Accepted publickey/g)?.length;
    await press('Cancel');
    const frame = await workbench.reportFrame('peer');
    await frame.locator('.state-failed').first().waitFor();
    assert.equal(server.log().match(/Accepted publickey/g)?.length, logins);
    await workbench.screenshot('hosts-changed-report');
  });

  it('broke no content security policy and logged no error of their own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });

  async function askedFor(what: string): Promise<boolean> {
    const placeholder = await workbench
      .quickInput()
      .getAttribute('placeholder', { timeout: 1_000 })
      .catch(() => null);
    return placeholder?.includes(what) ?? false;
  }

  /** From the home folder to the file: up to the root, and down again. */
  function upAndDown(): readonly { folder: string; name: string }[] {
    const parents = (place: string): readonly string[] =>
      place === '/' ? [] : [path.dirname(place), ...parents(path.dirname(place))];
    const up = [os.homedir(), ...parents(os.homedir())].slice(0, -1);
    const down = [...parents(file)].reverse();
    return [
      ...up.map((folder) => ({ folder, name: '..' })),
      ...down.map((folder, level) => ({ folder, name: path.basename(down[level + 1] ?? file) })),
    ];
  }
});
