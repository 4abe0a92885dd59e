import * as path from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments } from './browser';
import type { CommandContext } from './command';
import type { Editor } from './editorInstall';
import { startEditor, type EditorServer } from './editorServer';
import { followTests } from './follow';
import { brokenOff } from './mochaRun';
import { copyPlayground } from './playground';
import { inProject } from './project';
import { Trouble } from './terminal';
import type { TestRecord } from './testRecord';
import { unpackVsix } from './vsix';

export interface HostParts {
  readonly editor: Editor;
  readonly browserProgram: string;
  readonly vsix: string;
  /** The compiled file, from the project's folder, whose `run()` VS Code calls inside the extension host. */
  readonly program: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Runs a program inside the extension host of a real VS Code, against the packed extension: the page is opened with the
 * folder of the unpacked VSIX as the extension under development, which is what starts the host and the program.
 * `follow` waits for what the program writes into the file that OPSDECK_RESULTS names; then everything is ended.
 */
export async function inHost<T>(
  context: CommandContext,
  parts: HostParts,
  follow: (results: string, server: EditorServer) => Promise<T>,
): Promise<T> {
  const folder = context.makeFolder('host');
  const extension = path.join(folder, 'extension');
  unpackVsix(parts.vsix, extension);
  const results = path.join(folder, 'results.jsonl');
  const server = await startEditor(context.processes, parts.editor, {
    dataFolder: path.join(folder, 'editor'),
    testDriver: true,
    settings: parts.settings ?? {},
    env: { OPSDECK_RESULTS: results },
  });
  const browser = await chromium.launch({ executablePath: parts.browserProgram, args: [...browserArguments] });
  try {
    const page = await browser.newPage();
    await page.goto(
      server.url(copyPlayground(folder), [
        ['extensionDevelopmentPath', server.uri(extension)],
        ['extensionTestsPath', server.uri(inProject(parts.program))],
      ]),
    );
    return await follow(results, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs test/editor/host there and prints each test as it ends. */
export async function runHostTests(context: CommandContext, parts: Omit<HostParts, 'program'>): Promise<TestRecord> {
  const program = 'out/test/editor/host/index.js';
  return inHost(context, { ...parts, program }, async (results, server) => {
    const { signal } = context;
    const { record } = await followTests({ file: results, lines: true, ended: server.ended, graceMs: 0, signal });
    if (!record.complete) throw new Trouble(brokenOff(record, server.logTail()));
    return record;
  });
}
