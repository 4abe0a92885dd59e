import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { startSshServer, type SshServer } from '../../support/sshServer';
import { until } from './until';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/** Names of one sshd: 'peer' and 'depot' may be changed, 'ledger' is marked as read-only and red. */
const hostsFile = `
groups:
  shop:
    hosts: [ledger]
    policy: { readOnly: true, colour: red }
`;

interface HouseOptions extends Omit<WorkbenchOptions, 'folder'> {
  readonly server?: SshServer;
  readonly config?: (given: string) => string;
}

function threeNames(config: string): string {
  return ['peer', 'ledger', 'depot'].map((name) => config.replace(/^Host .*$/m, `Host ${name}`)).join('');
}

/** A workbench with hosts whose keys are known, and a folder of files on them. */
export class HostsHouse {
  private constructor(
    readonly workbench: Workbench,
    readonly server: SshServer,
    /** On the hosts: site/nginx.conf and site/conf.d/. */
    readonly site: string,
    private readonly folder: string,
  ) {}

  /** `config` makes the SSH configuration of that which leads to the server; `fill` is given the folder of the workspace. */
  static async open(
    { config = threeNames, ...options }: HouseOptions = {},
    fill: (folder: string) => void = () => undefined,
  ): Promise<HostsHouse> {
    const server = options.server ?? (await startSshServer());
    fs.writeFileSync(server.configFile, config(fs.readFileSync(server.configFile, 'utf8')));
    const site = path.join(server.folder, 'site');
    fs.mkdirSync(path.join(site, 'conf.d'), { recursive: true });
    fs.writeFileSync(path.join(site, 'nginx.conf'), 'worker_processes 1;\n', { mode: 0o640 });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-hosts-'));
    fs.cpSync(projectPath('media', 'playground'), folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'shop.hosts.yaml'), hostsFile);
    fill(folder);
    const settings = {
      'opsdeck.ssh.configFile': server.configFile,
      'opsdeck.ssh.watchSeconds': 1,
      ...options.settings,
    };
    const workbench = await openWorkbench({ ...options, folder, settings });
    return new HostsHouse(workbench, server, site, folder);
  }

  async close(): Promise<void> {
    await this.workbench.dispose();
    await this.server.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** The view "Hosts". */
  async showHosts(): Promise<void> {
    await this.workbench.page.locator('.activitybar [aria-label*="Opsdeck"]').first().click();
    await this.row('peer').waitFor();
  }

  /** The first button of a host. */
  async overviewOf(host: string): Promise<void> {
    await this.row(host).hover();
    await this.row(host).getByRole('button', { name: 'Show System Overview' }).click();
  }

  row(name: string): Locator {
    return this.workbench.page.locator('.pane-body .monaco-list-row', { hasText: name }).first();
  }

  dialog(): Locator {
    return this.workbench.dialog();
  }

  /** Answers the modal question that is there or about to come. */
  async press(button: string): Promise<void> {
    await this.workbench.press(button);
  }

  /** "Browse Files…": a file or folder of a host by its whole path. */
  async browse(host: string, what: 'Open a File' | 'Open a Folder', target: string): Promise<void> {
    const { workbench } = this;
    await workbench.command('Opsdeck: Browse Files of a Host…');
    await workbench.quickPick(host).click();
    await workbench.quickPick(what).click();
    await until('the question for the file', () => this.asksFor('whole path'));
    await workbench.quickInput().fill(target);
    await workbench.quickPick(target).waitFor();
    await workbench.page.keyboard.press('Enter');
    if (what === 'Open a File') return;
    // What stands there until then is the folder before.
    await workbench.page.locator('.quick-input-title', { hasText: `${host}:${target}` }).waitFor();
    await workbench.quickPick('This Folder').click();
  }

  /**
   * "Browse Files…": a folder of a host beside those of the workspace, until the Explorer shows what is in it. On a busy
   * machine VS Code itself now and then opens the new workspace before its file is written, and sees no folder in it, or
   * does not open it at all: then it is loaded or asked again, as a person would.
   */
  async openFolder(host: string, folder: string, content: string): Promise<void> {
    const { page } = this.workbench;
    const shown = page.locator('.explorer-folders-view .monaco-list-row', { hasText: content }).first();
    const isShown = (): Promise<boolean> =>
      shown.waitFor({ timeout: 30_000 }).then(
        () => true,
        () => false,
      );
    for (let round = 0; round < 2; round += 1) {
      await this.browse(host, 'Open a Folder', folder);
      if (await isShown()) return;
      await this.workbench.screenshot(`folder-not-shown-${round}`);
      await page.reload();
      if (await isShown()) return;
    }
    throw new Error(`The Explorer does not show ${folder} of ${host}.`);
  }

  /** Whether the quick input asks for that. */
  async asksFor(what: string): Promise<boolean> {
    const input = this.workbench.quickInput();
    const placeholder = await input.getAttribute('placeholder', { timeout: 1_000 }).catch(() => null);
    return placeholder?.includes(what) ?? false;
  }

  /** The editor that shows this text, with the cursor at its end. */
  async atEndOf(text: string): Promise<void> {
    const { page } = this.workbench;
    await page.locator('.monaco-editor .view-lines', { hasText: text }).first().click();
    await page.keyboard.press('Control+End');
  }
}
