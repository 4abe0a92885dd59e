import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from './until';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/** The view "Comparison" as its user sees and fills it. `title`: as it is called in the language of the window. */
export class ComparisonPane {
  constructor(
    private readonly workbench: Workbench,
    private readonly title = 'Comparison',
  ) {}

  get pane(): Locator {
    return this.workbench.page.locator('.pane', { hasText: new RegExp(`^${this.title}`, 'i') }).first();
  }

  row(text: string | RegExp): Locator {
    return this.pane.locator('.monaco-list-row', { hasText: text }).first();
  }

  /** What stands above its rows. */
  async says(what: RegExp): Promise<void> {
    const message = this.pane.locator('.message');
    await until(String(what), async () => what.test(await message.innerText().catch(() => '')));
  }

  /** Answers both questions of the command that compares folders. */
  async compare(command: string, left: string, right: string): Promise<void> {
    await this.workbench.command(`Opsdeck: ${command}`);
    for (const side of [left, right]) await this.answer(side);
  }

  /** Answers the next question for a folder. */
  async answer(side: string): Promise<void> {
    const input = this.workbench.quickInput();
    await until('an empty question', async () => (await input.inputValue().catch(() => '>')) === '');
    await input.fill(side);
    await this.workbench.quickPick(side).waitFor();
    await this.workbench.page.keyboard.press('Enter');
  }

  /** Folds the other views of the side bar. */
  async alone(): Promise<void> {
    const others = this.workbench.page.locator('.pane-header.expanded').filter({ hasNotText: this.title });
    await until('the other views are folded', async () => {
      if ((await others.count()) === 0) return true;
      const name = await others.first().getAttribute('aria-label');
      const header = this.workbench.page.locator(`.pane-header[aria-label="${name}"]`);
      await header.click();
      // A second click, before the first has done its work, would unfold it again.
      await header.and(this.workbench.page.locator('[aria-expanded="false"]')).waitFor({ timeout: 5_000 });
      return false;
    });
  }
}

/** An editor that compares the folders site-old and site-new of its workspace; backups are made in a home of its own. */
export class ComparedSites {
  private constructor(
    readonly workbench: Workbench,
    readonly view: ComparisonPane,
    private readonly home: string,
  ) {}

  /** `command` and `title`: of the view, in the language of the window. */
  static async open(
    files: Readonly<Record<string, string>>,
    { command = 'Compare Folders…', title = 'Comparison' } = {},
    options: Omit<WorkbenchOptions, 'folder' | 'env'> = {},
  ): Promise<ComparedSites> {
    const home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'opsdeck-home-'));
    const folder = path.join(home, 'project');
    writeFiles(folder, files);
    const workbench = await openWorkbench({ ...options, folder, env: { HOME: home } });
    const sites = new ComparedSites(workbench, new ComparisonPane(workbench, title), home);
    await sites.view.compare(command, sites.at('site-old'), sites.at('site-new'));
    await sites.view.row('app.conf').waitFor();
    await sites.view.alone();
    return sites;
  }

  at(...names: readonly string[]): string {
    return path.join(this.workbench.workspace, ...names);
  }

  text(...names: readonly string[]): string {
    return fs.readFileSync(this.at(...names), 'utf8');
  }

  toast(said: string | RegExp): Locator {
    return this.workbench.page.locator('.notification-toast', { hasText: said }).first();
  }

  async close(): Promise<void> {
    await this.workbench.dispose();
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}

/** Files by their path below a folder, and what is in them. */
export function writeFiles(folder: string, contents: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(contents)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
}
