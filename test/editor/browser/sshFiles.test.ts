import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { holdSessions, noSshServer } from '../../support/sshServer';
import { HostsHouse } from '../support/hostsHouse';
import { until } from '../support/until';

describe('files of hosts in the editor (Linux only)', function () {
  this.timeout(240_000);
  let house: HostsHouse;
  let file: string;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    house = await HostsHouse.open();
    file = path.join(house.site, 'nginx.conf');
  });

  after(() => house?.close());

  const content = (): string => fs.readFileSync(file, 'utf8');

  function writtenByAnother(text: string, later: number): void {
    fs.writeFileSync(file, text);
    const when = Date.now() / 1_000 + later;
    fs.utimesSync(file, when, when);
  }

  it('are not overwritten when somebody else has written them meanwhile', async () => {
    const { workbench } = house;
    await house.browse('peer', 'Open a File', file);
    await house.atEndOf('worker_processes 1;');
    await workbench.page.keyboard.type('# mine');
    writtenByAnother('worker_processes 16;\n', 10);
    await workbench.page.keyboard.press('Control+s');
    const conflict = workbench.page.locator('.notification-toast', { hasText: /newer/ });
    await conflict.first().waitFor();
    await workbench.screenshot('files-conflict');
    assert.equal(content(), 'worker_processes 16;\n');
    await workbench.page.keyboard.press('Escape');
    await workbench.command('File: Revert File');
    await workbench.page.locator('.monaco-editor .view-lines', { hasText: 'worker_processes 16;' }).first().waitFor();
  });

  it('are not overwritten either when what was written has the same size', async () => {
    const { workbench } = house;
    await house.atEndOf('worker_processes 16;');
    await workbench.page.keyboard.type('# mine');
    writtenByAnother('worker_processes 32;\n', 20);
    await workbench.page.keyboard.press('Control+s');
    await house.dialog().waitFor();
    assert.match(await house.dialog().innerText(), /was changed on peer since you opened it/);
    await workbench.screenshot('files-replace');
    await house.press('Cancel');
    assert.equal(content(), 'worker_processes 32;\n');
    // The editor takes the focus again a moment after the dialog is gone.
    await until('the question again', async () => {
      await workbench.page.locator('.monaco-editor .view-lines', { hasText: '# mine' }).first().click();
      await workbench.page.keyboard.press('Control+s');
      const asked = house.dialog().waitFor({ timeout: 3_000 });
      return asked.then(
        () => true,
        () => false,
      );
    });
    await house.press('Replace');
    await until('the file', () => Promise.resolve(content() === 'worker_processes 16;\n# mine'));
    assert.equal(fs.statSync(file).mode & 0o777, 0o640);
    // What changes while VS Code still reads back what it has written is not reloaded.
    await workbench.page.locator('.tab.dirty').waitFor({ state: 'detached' });
  });

  it('come into the editor again when somebody else has written them', async () => {
    writtenByAnother('worker_processes 64;\n', 30);
    await house.workbench.page
      .locator('.monaco-editor .view-lines', { hasText: 'worker_processes 64;' })
      .first()
      .waitFor();
  });

  it('are locked on a host that is marked as read-only', async () => {
    const { workbench } = house;
    await house.browse('ledger', 'Open a File', file);
    // Until then the same text stands there, of the host that may be changed.
    await workbench.page.locator('.tab.active', { hasText: 'ledger' }).waitFor();
    await house.atEndOf('worker_processes 64;');
    await workbench.page.keyboard.type('no');
    await workbench.page.keyboard.press('Control+s');
    await workbench.screenshot('files-read-only');
    assert.equal(content(), 'worker_processes 64;\n');
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
  });

  it('go up and come down as trees, after a confirmation', async () => {
    const { workbench, server } = house;
    const tree = path.join(workbench.workspace, 'release');
    fs.mkdirSync(path.join(tree, 'bin'), { recursive: true });
    fs.writeFileSync(path.join(tree, 'bin', 'run'), '#!/bin/sh\n', { mode: 0o755 });
    fs.symlinkSync('bin/run', path.join(tree, 'start'));
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'release' }).first();
    await row.waitFor();
    await house.workbench.menuOf(row, 'Upload to a Host…');
    await workbench.quickPick('peer').click();
    await until('the question for the folder', async () =>
      (
        await workbench
          .quickInput()
          .inputValue({ timeout: 500 })
          .catch(() => '')
      ).startsWith('/'),
    );
    await workbench.answer(server.folder);
    await workbench.quickPick('Copy nothing').click();
    await house.dialog().waitFor();
    await workbench.screenshot('files-upload-question');
    await house.press('Upload');
    const frame = await workbench.reportFrame('Upload to peer');
    await frame.locator('.state-done').waitFor();
    const there = path.join(server.folder, 'release');
    assert.equal(fs.statSync(path.join(there, 'bin', 'run')).mode & 0o777, 0o755);
    assert.equal(fs.readlinkSync(path.join(there, 'start')), 'bin/run');
    await workbench.screenshot('files-upload');
  });
});

describe('a folder of a host in the Explorer (Linux only)', function () {
  this.timeout(240_000);
  let house: HostsHouse;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    house = await HostsHouse.open();
  });

  after(() => house?.close());

  const row = (name: string) =>
    house.workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();

  const isThere = (name: string) => () => Promise.resolve(fs.existsSync(path.join(house.site, name)));

  /** Types into the field that is open in the tree. */
  async function name(text: string): Promise<void> {
    const field = house.workbench.page.locator('.explorer-folders-view .monaco-inputbox input').first();
    await field.waitFor();
    await field.fill(text);
    await field.press('Enter');
  }

  it('is opened beside the workspace', async () => {
    await house.openFolder('peer', house.site, 'nginx.conf');
    await house.workbench.screenshot('explorer');
  });

  it('gets new files and folders, and they are renamed', async () => {
    await house.workbench.menuOf(row('conf.d'), 'New File...');
    await name('shop.conf');
    await until('the new file', isThere('conf.d/shop.conf'));
    await row('shop.conf').waitFor();
    await house.workbench.menuOf(row('conf.d'), 'New Folder...');
    await name('old');
    await until('the new folder', isThere('conf.d/old'));
    await house.workbench.menuOf(row('shop.conf'), 'Rename...');
    await name('store.conf');
    await until('the new name', isThere('conf.d/store.conf'));
    assert.equal(await isThere('conf.d/shop.conf')(), false);
  });

  it('shows what others make there, without being asked', async () => {
    fs.writeFileSync(path.join(house.site, 'conf.d', 'by-another.conf'), '');
    await row('by-another.conf').waitFor();
    fs.rmSync(path.join(house.site, 'conf.d', 'by-another.conf'));
    await row('by-another.conf').waitFor({ state: 'detached' });
  });

  it('has what is deleted in the trash of the host', async () => {
    const trash = path.join(os.homedir(), '.local', 'share', 'Trash');
    const before = new Set(fs.existsSync(trash) ? fs.readdirSync(path.join(trash, 'files')) : []);
    await house.workbench.menuOf(row('store.conf'), 'Delete Permanently');
    await house.dialog().waitFor();
    await house.workbench.screenshot('explorer-delete');
    await house.press('Delete');
    await until('the file to go', async () => !(await isThere('conf.d/store.conf')()));
    const added = fs.readdirSync(path.join(trash, 'files')).filter((one) => !before.has(one));
    assert.equal(added.length, 1, 'it is in the trash');
    assert.match(added[0] ?? '', /^store\.conf/);
    for (const one of added) {
      fs.rmSync(path.join(trash, 'files', one), { recursive: true });
      fs.rmSync(path.join(trash, 'info', `${one}.trashinfo`));
    }
  });

  it('gives a file to this computer', async () => {
    const { workbench } = house;
    await house.workbench.menuOf(row('nginx.conf'), 'Copy to This Computer…');
    await until('the folder dialog', async () =>
      (
        await workbench
          .quickInput()
          .inputValue({ timeout: 500 })
          .catch(() => '')
      ).startsWith('/'),
    );
    const target = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-download-'));
    try {
      await workbench.quickInput().fill(`${target}/`);
      await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'Download to Here' }).click();
      await workbench.quickPick('Copy nothing').click();
      await house.press('Download');
      const frame = await workbench.reportFrame('Download from peer');
      await frame.locator('.state-done').waitFor();
      assert.equal(fs.readFileSync(path.join(target, 'nginx.conf'), 'utf8'), 'worker_processes 1;\n');
      await workbench.screenshot('files-download');
    } finally {
      fs.rmSync(target, { recursive: true });
    }
  });
});

describe('files from host to host in the Explorer (Linux only)', function () {
  this.timeout(240_000);
  let house: HostsHouse;
  let store: string;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    house = await HostsHouse.open();
    store = path.join(house.server.folder, 'store');
    fs.mkdirSync(path.join(store, 'inbox'), { recursive: true });
    const app = path.join(house.site, 'app');
    fs.mkdirSync(app);
    fs.writeFileSync(path.join(app, 'run'), '#!/bin/sh\n', { mode: 0o755 });
    fs.symlinkSync('run', path.join(app, 'start'));
    fs.utimesSync(path.join(app, 'run'), 1_500_000_000, 1_400_000_000);
    // The second folder makes a workspace of one folder one of several, and the extensions start anew.
    for (const [host, folder, content] of [
      ['peer', house.site, 'app'],
      ['depot', store, 'inbox'],
    ] as const) {
      await house.openFolder(host, folder, content);
    }
  });

  after(() => house?.close());

  const rows = (name: string) =>
    house.workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  const row = (name: string) => rows(name).first();

  async function carry(key: 'x' | 'c'): Promise<void> {
    await row('app').click();
    await house.workbench.page.keyboard.press(`Control+${key}`);
    await row('inbox').click();
    await house.workbench.page.keyboard.press('Control+v');
  }

  /** That what arrived is what was there: modes, times and links too. */
  function assertWhole(name: string): void {
    const there = path.join(store, 'inbox', name);
    const { mode, mtimeMs } = fs.statSync(path.join(there, 'run'));
    assert.equal(mode & 0o777, 0o755);
    assert.equal(mtimeMs, 1_400_000_000_000);
    assert.equal(fs.readlinkSync(path.join(there, 'start')), 'run');
  }

  /** And waits until the Explorer has seen it. */
  async function removeCopy(): Promise<void> {
    fs.rmSync(path.join(store, 'inbox/app'), { recursive: true });
    await until('one row', async () => (await rows('app').count()) === 1);
  }

  it('are copied whole', async () => {
    await carry('c');
    await until('the copy', () => Promise.resolve(fs.existsSync(path.join(store, 'inbox/app/start'))));
    assertWhole('app');
    assert.ok(fs.existsSync(path.join(house.site, 'app', 'run')));
    await removeCopy();
  });

  it('stay where they are when the host says nothing more and the move is cancelled', async () => {
    const { page } = house.workbench;
    const large = path.join(house.site, 'app', 'large');
    fs.writeFileSync(large, '');
    fs.truncateSync(large, 512 * 1_048_576);
    const inbox = path.join(store, 'inbox');
    const isUnderWay = (): boolean =>
      fs.readdirSync(inbox, { recursive: true }).some((name) => String(name).endsWith('.opsdeck-part'));
    await carry('x');
    while (!isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 5));
    const held = holdSessions(house.server);
    try {
      const toast = page.locator('.notification-toast', { hasText: 'Moving app to depot' }).first();
      await toast.waitFor();
      await house.workbench.screenshot('files-moving');
      await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
      await page.locator('.notification-toast', { hasText: 'app is still whole on peer' }).first().waitFor();
      await house.workbench.screenshot('files-move-cancelled');
    } finally {
      held.go();
    }
    // Of the large file nothing is left there, hidden or not.
    await until('the end of the part', () => Promise.resolve(!isUnderWay()));
    assert.ok(fs.existsSync(path.join(house.site, 'app', 'run')));
    fs.rmSync(large);
    await removeCopy();
    await house.workbench.command('Notifications: Clear All Notifications');
  });

  it('are moved whole, and then gone from the first', async () => {
    await carry('x');
    await until('the end of the original', () => Promise.resolve(!fs.existsSync(path.join(house.site, 'app'))));
    assertWhole('app');
    await row('app').waitFor();
    await house.workbench.screenshot('files-moved');
  });

  it('broke no content security policy and logged no error of their own', () => {
    assert.deepEqual(house.workbench.console.cspViolations(), []);
    assert.deepEqual(house.workbench.console.extensionErrors(), []);
  });
});
