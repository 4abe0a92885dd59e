import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Frame } from 'playwright-core';
import { makeKey, noSshServer } from '../../support/sshServer';
import { seriousViolations } from '../support/axe';
import { HostsHouse } from '../support/hostsHouse';
import { until } from '../support/until';
import { themes } from '../support/workbench';

/** What the reports are about is in ~/.ssh: the extension gets one of its own. */
async function withHome(work: (home: string) => Promise<void>): Promise<void> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-home-'));
  const own = process.env['HOME'];
  try {
    fs.mkdirSync(path.join(home, '.ssh'), { mode: 0o700 });
    process.env['HOME'] = home;
    await work(home);
  } finally {
    process.env['HOME'] = own;
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function fillSsh(folder: string): void {
  makeKey(path.join(folder, 'id_ed25519'), 'ed25519');
  makeKey(path.join(folder, 'id_old'), 'rsa', '-b', '1024');
  fs.copyFileSync(path.join(folder, 'id_ed25519.pub'), path.join(folder, 'authorized_keys'));
  const key = (name: string): string =>
    fs
      .readFileSync(path.join(folder, `${name}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const lines = [
    `web01 ${key('id_ed25519')}`,
    `web01 ${key('id_ed25519')}`,
    `old.example,192.0.2.7 ${key('id_old')}`,
    'broken ssh-ed25519 AAAA',
  ];
  fs.writeFileSync(path.join(folder, 'known_hosts'), `${lines.join('\n')}\n`);
}

describe('reports of keys and known hosts (Linux only)', function () {
  this.timeout(240_000);

  before(function () {
    if (noSshServer !== undefined) this.skip();
  });

  for (const theme of themes.slice(0, 3)) {
    it(`are readable and without a serious accessibility fault in ${theme}`, () =>
      withHome(async (home) => {
        fillSsh(path.join(home, '.ssh'));
        const house = await HostsHouse.open({ theme });
        const { workbench } = house;
        const faults: string[] = [];
        const name = theme.replace(/\W+/g, '-').toLowerCase();
        const look = async (command: string, title: string): Promise<Frame> => {
          await workbench.command(`Opsdeck: ${command}`);
          const frame = await workbench.reportFrame(title);
          await frame.locator('.state-done').waitFor();
          faults.push(...(await seriousViolations(frame)).map((fault) => `${command}: ${fault}`));
          await workbench.page.waitForTimeout(300);
          await workbench.screenshot(`ssh-${command.replace(/\W+/g, '-').toLowerCase()}-${name}`);
          return frame;
        };
        try {
          await house.showHosts();
          await look('List Hosts', 'ledger');
          await look('Show SSH Keys', 'SSH Keys of this machine');
          await look('Show Known Hosts', 'Known Hosts of this machine');
          await workbench.command('Opsdeck: Check the Connection to a Host…');
          await workbench.quickPick('peer').click();
          const check = await workbench.reportFrame('Connection to peer');
          await check.locator('.state-done').waitFor();
          assert.match(await check.locator('.verdict').innerText(), /is reached/);
          faults.push(...(await seriousViolations(check)).map((fault) => `check: ${fault}`));
          await workbench.screenshot(`ssh-check-${name}`);
          assert.deepEqual(faults, []);
        } finally {
          await house.close();
        }
      }));
  }

  it('mend known_hosts from a row by keyboard alone, with a backup and a way back', () =>
    withHome(async (home) => {
      const file = path.join(home, '.ssh', 'known_hosts');
      fillSsh(path.join(home, '.ssh'));
      const before = fs.readFileSync(file, 'utf8');
      const house = await HostsHouse.open();
      const { workbench } = house;
      try {
        await workbench.command('Opsdeck: Show Known Hosts');
        const frame = await workbench.reportFrame('Known Hosts of this machine');
        await frame.locator('.state-done').waitFor();
        await frame.getByRole('grid').first().focus();
        await workbench.page.keyboard.press('Control+End');
        await workbench.page.keyboard.press('Shift+F10');
        await frame.getByRole('menuitem', { name: 'Remove This Line…' }).waitFor();
        await workbench.screenshot('known-hosts-menu');
        await workbench.page.keyboard.press('Enter');
        await house.dialog().waitFor();
        await workbench.screenshot('known-hosts-question');
        await workbench.page.keyboard.press('Enter');
        await until('the line to go', () => Promise.resolve(!fs.readFileSync(file, 'utf8').includes('broken')));
        assert.ok(
          fs.readdirSync(path.dirname(file)).some((name) => name.startsWith('known_hosts.')),
          'there is a backup',
        );
        await workbench.page.locator('.notification-toast .monaco-button', { hasText: 'Undo' }).first().click();
        await house.dialog().waitFor();
        await workbench.page.keyboard.press('Enter');
        await until('the line to come back', () => Promise.resolve(fs.readFileSync(file, 'utf8') === before));
      } finally {
        await house.close();
      }
    }));

  it('install a key of this computer on the host that is asked for', () =>
    withHome(async (home) => {
      fillSsh(path.join(home, '.ssh'));
      const house = await HostsHouse.open();
      const { workbench } = house;
      try {
        await workbench.command('Opsdeck: Show SSH Keys');
        const frame = await workbench.reportFrame('SSH Keys of this machine');
        await frame.locator('.state-done').waitFor();
        const cell = frame.getByRole('row').filter({ hasText: 'id_ed25519' }).first().getByRole('gridcell').first();
        await cell.click({ button: 'right' });
        await frame.getByRole('menuitem', { name: 'Install on a Machine…' }).click();
        await workbench.quickPick('ledger').waitFor();
        await workbench.quickPick('ledger').click();
        const refusal = workbench.page.locator('.notification-toast', { hasText: 'read-only' });
        await refusal.first().waitFor();
        await workbench.screenshot('keys-install');
      } finally {
        await house.close();
      }
    }));
});

describe('hosts in Chinese (Linux only)', function () {
  this.timeout(180_000);

  it('have their view, questions and reports in Chinese', async function () {
    if (noSshServer !== undefined) return this.skip();
    const house = await HostsHouse.open({ chinese: true });
    const { workbench } = house;
    try {
      await house.showHosts();
      assert.match(await house.row('ledger').innerText(), /只读/);
      await workbench.command('Opsdeck: 检查到主机的连接…');
      await workbench.quickPick('peer').click();
      const check = await workbench.reportFrame('peer');
      await check.locator('.state-done').waitFor();
      const text = await check.locator('body').innerText();
      for (const word of ['主机密钥', '密钥交换', '登录']) assert.ok(text.includes(word), `${word} in ${text}`);
      await workbench.screenshot('chinese-check');
      await workbench.command('Opsdeck: 显示已知主机');
      await workbench.reportFrame('已知主机');
      await workbench.screenshot('chinese-known-hosts');
    } finally {
      await house.close();
    }
  });
});
