import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { chromium, errors, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { browserArguments, findBrowser } from '../../../src/build/browser';
import { wantedEditor } from '../../../src/build/editorInstall';
import { startEditor, type EditorServer } from '../../../src/build/editorServer';
import { Processes } from '../../../src/build/processes';
import { inProject } from '../../../src/build/project';
import { tail } from '../../../src/build/terminal';
import type { TestEvent } from '../../../src/build/testRecord';
import { ConsoleWatch } from './consoleWatch';

export const themes = [
  'Default Dark Modern',
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
] as const;

export interface WorkbenchOptions {
  /** Copied, so that a test may change it. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: (typeof themes)[number];
  /** Added to the environment of the extension. */
  readonly env?: Readonly<Record<string, string>>;
  /** The display language is Simplified Chinese; VS Code's own texts, which a language pack would bring, stay English. */
  readonly chinese?: boolean;
}

const patienceMs = 60_000;
/** For one step of several that are tried again together. */
const within = { timeout: 2_000 };

/** For what stands there when a test fails. */
const openPages = new Map<Page, EditorServer>();

afterEach(async function () {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  const name = test.fullTitle().replace(/\W+/g, '-').slice(0, 120);
  for (const [page, server] of openPages) {
    await page.screenshot({ path: inProject('test-output', 'editor', `failed-${name}.png`) }).catch(() => undefined);
    const shown = await shownOn(page).catch((error: unknown) => `The page does not answer: ${String(error)}`);
    recordShown(`${shown}\n${tail(server.logTail(), 8)}`);
  }
});

/** For the end of the output of the run: whoever has no more of it than that has no picture either. */
function recordShown(text: string): void {
  const file = process.env['OPSDECK_RESULTS'];
  const event: TestEvent = { kind: 'shown', text };
  if (file !== undefined) fs.appendFileSync(file, `${JSON.stringify(event)}\n`);
}

/** What a person would look at first in a window that does not do what is expected: a line each, of what there is. */
async function shownOn(page: Page): Promise<string> {
  const parts = {
    question: '.monaco-dialog-box',
    'quick input': '.quick-input-widget:visible',
    notification: '.notification-toast',
    menu: '.context-view:visible .monaco-menu',
    tab: '.tab.active',
    'side bar': '.part.sidebar',
  };
  const lines = Object.entries(parts).map(async ([name, place]) => {
    const texts = await page.locator(place).allInnerTexts();
    return texts.map((text) => `shown in the ${name}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 400)}`);
  });
  const busy = `document.activeElement?.outerHTML.slice(0, 200)`;
  return [...(await Promise.all(lines)).flat(), `focus: ${String(await page.evaluate<unknown>(busy))}`].join('\n');
}

/** Starts a VS Code server with the packed extension, installed as a user would, and opens it in a browser. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const vsix = process.env['OPSDECK_VSIX'];
  const executablePath = findBrowser();
  if (vsix === undefined || executablePath === undefined) throw new Error('Run these tests by: npm test -- browser');
  const processes = new Processes();
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'opsdeck-workbench-'));
  // Whoever ends mocha by a signal must not leave anything behind.
  const end = (): never => process.exit(143);
  const clean = (): void => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('SIGTERM', end);
  process.once('exit', clean);
  let browser: Browser | undefined;
  const dispose = async (): Promise<void> => {
    browser?.contexts().forEach((context) => context.pages().forEach((page) => openPages.delete(page)));
    await browser?.close();
    await processes.stopAll();
    clean();
    process.off('SIGTERM', end);
    process.off('exit', clean);
  };
  try {
    const workspace = path.join(folder, path.basename(options.folder));
    fs.cpSync(options.folder, workspace, { recursive: true });
    const server = await startEditor(processes, wantedEditor(), {
      dataFolder: path.join(folder, 'editor'),
      packages: [vsix],
      settings: { 'workbench.colorTheme': options.theme ?? themes[0], ...options.settings },
      env: options.env ?? {},
    });
    browser = await chromium.launch({ executablePath, args: [...browserArguments] });
    const page = await browser.newPage({
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    openPages.set(page, server);
    if (options.chinese) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = 'zh-cn';`);
    const workbench = new Workbench(server, page, workspace, dispose);
    await workbench.open();
    return workbench;
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** VS Code as its user sees it. */
export class Workbench {
  readonly console: ConsoleWatch;

  constructor(
    private readonly server: EditorServer,
    readonly page: Page,
    /** The copy of the folder that is open. */
    readonly workspace: string,
    private readonly clean: () => Promise<void>,
  ) {
    this.console = new ConsoleWatch(page);
  }

  /** Opens the page, and the next time reloads it as a new window on the same folder. */
  async open(): Promise<void> {
    await this.page.goto(this.server.url(this.workspace), { timeout: patienceMs });
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: patienceMs });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: patienceMs });
  }

  /** Runs a command of the palette by its full name: 'Opsdeck: Show System Overview'. */
  async command(name: string): Promise<void> {
    const deadline = Date.now() + patienceMs;
    const input = this.quickInput();
    const row = this.quickPick(name);
    for (;;) {
      await this.page.keyboard.press('F1');
      // A panel that has just been opened takes the focus when its page is there, and the palette closes.
      const typed = await succeeds(input.fill(`>${name}`, { timeout: 2000 }));
      // Commands of extensions come a moment after the window; an open palette does not take them up.
      const found = typed && (await succeeds(row.click({ timeout: 2000 })));
      if (found) break;
      if (Date.now() > deadline) throw new Error(`There is no command "${name}" in the palette.`);
      await this.page.keyboard.press('Escape');
    }
    // What the command asks next comes in the same place: whoever types before the palette is gone types into it.
    while ((await valueOf(input)).startsWith('>')) await this.page.waitForTimeout(20);
  }

  /** The text field of the quick input or palette that is open. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type="text"]').first();
  }

  /** The first row of the quick pick with this text. */
  quickPick(text: string): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first();
  }

  /** What the quick input says below its field: the prompt, or why the value is refused. */
  quickInputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** Types into the quick input that is open, and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses an entry of the context menu of a row, by the names of the submenus that lead to it. */
  menuOf(row: Locator, ...entries: readonly string[]): Promise<void> {
    return this.chooseFromMenu(() => row.click({ button: 'right', ...within }), entries);
  }

  /** As menuOf, of all of these rows, which are selected first: again with each try, for Escape selects none of them. */
  menuOfSelected(rows: readonly Locator[], ...entries: readonly string[]): Promise<void> {
    return this.chooseFromMenu(async () => {
      for (const [index, row] of rows.entries()) {
        await row.click({ modifiers: index === 0 ? [] : ['Control'], ...within });
      }
      await rows.at(-1)?.click({ button: 'right', ...within });
    }, entries);
  }

  private async chooseFromMenu(open: () => Promise<void>, entries: readonly string[]): Promise<void> {
    const deadline = Date.now() + patienceMs;
    const menu = this.page.locator('.context-view .monaco-menu');
    const choose = async (): Promise<void> => {
      await open();
      for (const entry of entries) {
        const item = menu.locator('.action-label', { hasText: exactly(entry) }).last();
        await item.waitFor(within);
        // A menu stays as it is at a click that comes as soon as it is there, and goes when the view moves below it.
        await this.page.waitForTimeout(300);
        await item.click(within);
      }
      await menu.first().waitFor({ state: 'hidden', timeout: 5000 });
    };
    while (!(await succeeds(choose()))) {
      if (Date.now() > deadline) throw new Error(`The menu has no entry "${entries.join(' › ')}".`);
      for (let left = entries.length; left > 0; left -= 1) await this.page.keyboard.press('Escape');
    }
  }

  /** The modal question that is there or about to come. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Answers it. */
  async press(button: string): Promise<void> {
    await this.dialog()
      .locator('.monaco-button', { hasText: new RegExp(`^${button}$`) })
      .click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  /** Answers the file dialog that is about to open. */
  async saveAs(file: string): Promise<void> {
    const input = this.quickInput();
    // The dialog proposes a name when it has read the folder, over whatever was typed before.
    await this.quickPick('..').waitFor();
    const deadline = Date.now() + patienceMs;
    for (let value = await valueOf(input); value !== ''; value = await valueOf(input)) {
      if (Date.now() > deadline) throw new Error(`The file dialog does not take ${file}.`);
      // It looks at the folder again at every change, and passes over an Enter that comes before it has.
      if (value === file) await this.page.keyboard.press('Enter');
      else await input.fill(file);
      await this.page.waitForTimeout(300);
    }
  }

  /** The document of the Opsdeck panel that is in front, when its page has drawn itself. */
  async reportFrame(text = ''): Promise<Frame> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) if (await isReport(frame, text)) return frame;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No Opsdeck panel${text === '' ? '' : ` with "${text}"`} is in front.\n${this.server.logTail()}`);
  }

  /** The text in the clipboard of the browser. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Writes test-output/editor/NAME.png, for a person to look at. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: inProject('test-output', 'editor', `${name}.png`) });
  }

  /** The last lines of the server's, the extension host's and Opsdeck's logs. */
  logTail(): string {
    return this.server.logTail();
  }

  async dispose(): Promise<void> {
    await this.clean();
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

function succeeds(step: Promise<void>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}

/** What stands in a text field; nothing when the field is gone. */
async function valueOf(input: Locator): Promise<string> {
  try {
    return await input.inputValue({ timeout: 500 });
  } catch (error) {
    if (error instanceof errors.TimeoutError) return '';
    throw error;
  }
}

/** Whether a frame is a page of ours, in front and with this text. Frames may go away while they are asked. */
async function isReport(frame: Frame, text: string): Promise<boolean> {
  try {
    const parent = frame.parentFrame();
    if (parent === null || (await frame.locator('[data-opsdeck]').count()) === 0) return false;
    const outer = await parent.frameElement();
    const drawn = await frame.locator('body').innerText();
    return drawn.trim() !== '' && drawn.includes(text) && (await outer.isVisible());
  } catch (error) {
    if (frame.isDetached()) return false;
    throw error;
  }
}
