import type { ConsoleMessage, Page } from 'playwright-core';

/** One line of the browser's console. */
export interface ConsoleLine {
  readonly text: string;
  /** The script or document that it comes from. */
  readonly url: string;
}

/** Keeps what the browser's console says from the first moment of a page, all its frames included. */
export class ConsoleWatch {
  private readonly errors: ConsoleLine[] = [];

  constructor(page: Page) {
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.errors.push({ text: message.text(), url: message.location().url });
    });
    page.on('pageerror', (error) => this.errors.push({ text: error.stack ?? error.message, url: page.url() }));
  }

  /** What was refused by a content security policy, VS Code's own or that of a webview. */
  cspViolations(): readonly string[] {
    return this.errors.filter(({ text }) => text.includes('Content Security Policy')).map(describeLine);
  }

  /** Errors that come from files of extensions, such as a webview's page; VS Code's own are none of our business. */
  extensionErrors(): readonly string[] {
    return this.errors.filter(({ url }) => url.includes('vscode-resource')).map(describeLine);
  }
}

function describeLine({ text, url }: ConsoleLine): string {
  return `${text} (${url})`;
}
