import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { PageMessage, PageState, ShowMessage } from '../../src/report/protocol';
import { projectPath } from '../support/project';
import { type PageServer, startPageServer } from './server';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions {
  readonly theme?: string;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly texts?: Readonly<Record<string, string>>;
  /** What VS Code kept of an earlier life of the panel. */
  readonly state?: unknown;
  /** Only for tools that must put their own scripts into the page. */
  readonly bypassCsp?: boolean;
  readonly reducedMotion?: boolean;
  /** Sent at once when the page says that it is ready. */
  readonly answer?: ShowMessage;
}

/** The page in a browser, with what stands for VS Code around it. */
export class ReportPage {
  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly complaints: readonly string[],
  ) {}

  async show(message: ShowMessage): Promise<void> {
    // This listener is called after the page's own, which came first.
    await this.page.evaluate(`new Promise((done) => {
      window.addEventListener('message', done, { once: true });
      window.postMessage(window.onWire(${JSON.stringify(message)}), '*');
    })`);
    await this.settle();
  }

  /** Three frames and what is due after them: effects have run and what they changed is drawn. */
  async settle(): Promise<void> {
    await this.page.evaluate(`new Promise((done) => {
      const frames = (left) => requestAnimationFrame(() => (left > 1 ? frames(left - 1) : setTimeout(done)));
      frames(3);
    })`);
  }

  posted(): Promise<readonly PageMessage[]> {
    return this.page.evaluate('window.posted');
  }

  /** Waits until the page has posted so many messages of a kind, and gives them. */
  async postedOf<Kind extends PageMessage['kind']>(
    kind: Kind,
    count = 1,
  ): Promise<Extract<PageMessage, { kind: Kind }>[]> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const found = (await this.posted()).filter(
        (each): each is Extract<PageMessage, { kind: Kind }> => each.kind === kind,
      );
      if (found.length >= count) return found;
      await this.page.waitForTimeout(25);
    }
    throw new Error(`The page did not post ${count} times ${kind}.`);
  }

  saved(): Promise<PageState | undefined> {
    return this.page.evaluate('window.saved');
  }

  /** What the policy refused and what the console complained of. */
  async violations(): Promise<readonly string[]> {
    return [...(await this.page.evaluate<string[]>('window.violations')), ...this.complaints];
  }

  /** Evaluated in the page; DOM types are not known here, so it is text. */
  evaluate<T>(script: string): Promise<T> {
    return this.page.evaluate(script);
  }

  /** Into test-output/page, for a person to look at. */
  async screenshot(name: string, fullPage = true): Promise<void> {
    const folder = projectPath('test-output', 'page');
    fs.mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** One browser and one server for a file of tests. */
export class PageBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly server: PageServer,
  ) {}

  static async start(): Promise<PageBrowser> {
    const server = await startPageServer();
    const executablePath = process.env['OPSDECK_BROWSER'] ?? '/usr/bin/chromium';
    return new PageBrowser(await chromium.launch({ executablePath, args: FLAGS }), server);
  }

  async open(options: PageOptions = {}): Promise<ReportPage> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 1000, height: options.height ?? 800 },
      bypassCSP: options.bypassCsp === true,
      timezoneId: 'UTC',
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    if (options.state !== undefined) await page.addInitScript(`window.saved = ${JSON.stringify(options.state)}`);
    if (options.answer !== undefined) await page.addInitScript(`window.answer = ${JSON.stringify(options.answer)}`);
    await page.goto(this.urlOf(options));
    return new ReportPage(page, context, complaints);
  }

  private urlOf(options: PageOptions): string {
    const url = new URL(this.server.url);
    url.searchParams.set('theme', options.theme ?? 'dark');
    url.searchParams.set('locale', options.locale ?? 'en');
    url.searchParams.set('texts', JSON.stringify(options.texts ?? {}));
    return url.href;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}
