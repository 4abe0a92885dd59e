import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { makeTestUser, noTestUser, startServerFor, type TestUser } from '../../support/testUser';
import { HostsHouse } from '../support/hostsHouse';
import { until } from '../support/until';

describe('what a host asks a person in the editor (Linux only)', function () {
  this.timeout(240_000);
  let user: TestUser;
  let house: HostsHouse;
  let folder: string;
  let rule: string;

  before(async function () {
    if (noTestUser !== undefined || !fs.existsSync('/usr/bin/sudo')) return this.skip();
    user = makeTestUser();
    execFileSync('chown', [user.name, user.home]);
    rule = `/etc/sudoers.d/${user.name}`;
    fs.writeFileSync(rule, `${user.name} ALL=(ALL) ALL\n`, { mode: 0o440 });
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-root-'));
    fs.chmodSync(folder, 0o755);
    write('shadow.conf', 'secret = 1\n', 0o600);
    write('motd.conf', 'welcome = 1\n', 0o644);
    const server = await startServerFor(user, ['UsePAM yes', 'PasswordAuthentication yes']);
    const config = (given: string): string => {
      const own = given.replace(/^User .*$/m, `User ${user.name}`);
      return `${own}${own.replace(/^Host .*$/m, 'Host typed')}PubkeyAuthentication no\nPreferredAuthentications password\n`;
    };
    house = await HostsHouse.open({ server, config });
    await house.showHosts();
  });

  after(async () => {
    await house?.close();
    user?.remove();
    for (const place of [rule, folder]) if (place !== undefined) fs.rmSync(place, { recursive: true, force: true });
  });

  function write(name: string, text: string, mode: number): void {
    fs.writeFileSync(path.join(folder, name), text);
    fs.chmodSync(path.join(folder, name), mode);
  }

  const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

  const modeOf = (name: string): string => {
    const { mode, uid } = fs.statSync(path.join(folder, name));
    return `${(mode & 0o777).toString(8)} ${uid}`;
  };

  /** The box that asks for a secret, with that in its title. */
  async function secretBox(title: RegExp): Promise<void> {
    const box = house.workbench.page.locator('.quick-input-widget:visible', { hasText: title }).first();
    await box.locator('input[type="password"]').waitFor();
  }

  async function give(secret: string): Promise<void> {
    await house.workbench.page.locator('.quick-input-widget:visible input[type="password"]').fill(secret);
    await house.workbench.page.keyboard.press('Enter');
  }

  async function typeAtEndOf(text: string, more: string): Promise<void> {
    await house.atEndOf(text);
    await house.workbench.page.keyboard.type(more);
    await house.workbench.page.keyboard.press('Control+s');
  }

  it('is a password, and who gives none learns what that means', async () => {
    await house.overviewOf('typed');
    await secretBox(new RegExp(`Password of ${user.name} on typed`));
    await house.workbench.screenshot('person-password');
    await house.workbench.page.keyboard.press('Escape');
    const frame = await house.workbench.reportFrame('typed');
    await frame.locator('.state-failed, .state-cancelled').first().waitFor();
    await house.workbench.screenshot('person-password-left');
  });

  it('is asked again when it was wrong, with a word about that, and then lets in', async () => {
    await house.overviewOf('typed');
    await secretBox(/Password of/);
    await give('wrong');
    await house.workbench.page
      .locator('.quick-input-widget:visible', { hasText: 'The server refused the password.' })
      .waitFor();
    await house.workbench.screenshot('person-password-wrong');
    await give(user.password);
    const frame = await house.workbench.reportFrame('System overview of typed');
    await frame.locator('.state-live').waitFor();
    await house.workbench.command('View: Close All Editors');
  });

  it('is the password of sudo before a file of root is opened', async () => {
    const { workbench } = house;
    await house.openFolder('peer', folder, 'shadow.conf');
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'shadow.conf' }).first();
    await row.click();
    await house.dialog().waitFor();
    assert.match(await house.dialog().innerText(), /may not be read on peer.*“Open with sudo” in its menu/s);
    await workbench.screenshot('person-denied');
    await house.press('OK');
    await house.workbench.menuOf(row, 'Open with sudo');
    await secretBox(/Password for sudo on peer/);
    await workbench.screenshot('person-sudo');
    await give('wrong');
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'sudo on peer refused it' }).waitFor();
    await give(user.password);
    await workbench.page.locator('.monaco-editor .view-lines', { hasText: 'secret = 1' }).first().waitFor();
    await workbench.screenshot('person-sudo-opened');
  });

  it('is whether it may be written as root, and the file keeps its owner and mode', async () => {
    await typeAtEndOf('secret = 1', 'secret = 2');
    await house.dialog().waitFor();
    assert.match(await house.dialog().innerText(), /Write .*shadow\.conf on peer as root\?/);
    await house.workbench.screenshot('person-sudo-write');
    await house.press('Cancel');
    assert.equal(read('shadow.conf'), 'secret = 1\n');
    await until('the question again', async () => {
      await house.workbench.page.locator('.monaco-editor .view-lines', { hasText: 'secret = 2' }).first().click();
      await house.workbench.page.keyboard.press('Control+s');
      const asked = house.dialog().waitFor({ timeout: 3_000 });
      return asked.then(
        () => true,
        () => false,
      );
    });
    await house.press('Write with sudo');
    await secretBox(/Password for sudo on peer/);
    await give(user.password);
    await until('the file', () => Promise.resolve(read('shadow.conf') === 'secret = 1\nsecret = 2'));
    assert.equal(modeOf('shadow.conf'), '600 0');
    await house.workbench.page.locator('.tab.dirty').waitFor({ state: 'detached' });
  });

  it('is the same for a file that may be read and is not the user’s to write', async () => {
    const { page } = house.workbench;
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'motd.conf' }).first().click();
    await typeAtEndOf('welcome = 1', 'welcome = 2');
    await house.dialog().waitFor();
    assert.match(await house.dialog().innerText(), /motd\.conf on peer is not yours to write/);
    await house.press('Write with sudo');
    await secretBox(/Password for sudo on peer/);
    await give(user.password);
    await until('the file', () => Promise.resolve(read('motd.conf') === 'welcome = 1\nwelcome = 2'));
    assert.equal(modeOf('motd.conf'), '644 0');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.deepEqual(fs.readdirSync(folder).sort(), ['motd.conf', 'shadow.conf']);
  });

  it('broke no content security policy and logged no error of their own', () => {
    assert.deepEqual(house.workbench.console.cspViolations(), []);
    assert.deepEqual(house.workbench.console.extensionErrors(), []);
  });
});
