import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench';

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
    for (let left = await others.count(); left > 0; left -= 1) await others.first().click();
  }
}

/** Files by their path below a folder, and what is in them. */
export function writeFiles(folder: string, contents: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(contents)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
}
