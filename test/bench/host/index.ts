import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** What is measured inside the extension host, as JSON in the file that OPSDECK_RESULTS names. */
export interface HostFigures {
  /** Reading and running extension.js, and activate(), in milliseconds; null when VS Code left no marks. */
  readonly loadMs: number | null;
  readonly activateMs: number | null;
  /** Before Opsdeck did anything, while it opened the live overview, and while that was sampled once a second. */
  readonly idle: Watched;
  readonly opening: Watched;
  readonly live: Watched;
  /** While the side bar with all its views opened for the first time. */
  readonly sideBar: Watched;
  /** While the view got a comparison with more differences than a result holds, and looked again at a saved file. */
  readonly comparing: Watched;
  readonly renewing: Watched;
}

/** The event loop of the extension host over some time. */
export interface Watched {
  /** The longest time in which it did not turn, by the clock: other processes of the machine count as well. */
  readonly longestStallMs: number;
  /** The most processor time that the host's main thread took between two turns. */
  readonly longestWorkMs: number;
  /** Of the whole process with its threads, in per cent of a core. */
  readonly cpuPercent: number;
}

const id = 'opsdeck.opsdeck';
const tickMs = 5;

/** Called by VS Code inside the extension host. */
export async function run(): Promise<void> {
  await vscode.extensions.getExtension(id)?.activate();
  // The other extensions of VS Code settle first.
  await pause(8_000);
  const idle = await watch(() => pause(10_000));
  const opening = await watch(async () => {
    await vscode.commands.executeCommand('opsdeck.system.overview');
    await pause(3_000);
  });
  const live = await watch(() => pause(20_000));
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const sides = makeSides();
  // Its other views are loaded with it.
  const sideBar = await watch(async () => {
    await vscode.commands.executeCommand('opsdeck.comparison.focus');
    await pause(5_000);
  });
  const comparing = await watch(async () => {
    await vscode.commands.executeCommand('opsdeck.compare.both', undefined, sides);
    await pause(10_000);
  });
  const renewing = await watch(async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(sides[0], 'folder7', '7'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'more');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await pause(3_000);
  });
  const figures: HostFigures = {
    loadMs: between(`code/extHost/willLoadExtensionCode/${id}`, `code/extHost/didLoadExtensionCode/${id}`),
    activateMs: between(`code/extHost/willActivateExtension/${id}`, `code/extHost/didActivateExtension/${id}`),
    idle,
    opening,
    live,
    sideBar,
    comparing,
    renewing,
  };
  fs.writeFileSync(process.env['OPSDECK_RESULTS'] ?? '', JSON.stringify(figures));
}

/** Two folders of which twelve thousand files differ; they end with the temporary folder of the window. */
function makeSides(): readonly [vscode.Uri, vscode.Uri] {
  const root = fs.mkdtempSync(path.join(path.dirname(process.env['OPSDECK_RESULTS'] ?? os.tmpdir()), 'sides-'));
  const sides = ['left', 'right'].map((side) => {
    for (let folder = 0; folder < 120; folder += 1) {
      const inside = path.join(root, side, `folder${folder}`);
      fs.mkdirSync(inside, { recursive: true });
      for (let file = 0; file < 100; file += 1) fs.writeFileSync(path.join(inside, String(file)), side);
    }
    return vscode.Uri.file(path.join(root, side));
  });
  return [sides[0] as vscode.Uri, sides[1] as vscode.Uri];
}

async function watch(during: () => Promise<void>): Promise<Watched> {
  let longestStallMs = 0;
  let longestWorkMs = 0;
  let last = { atMs: performance.now(), workMs: threadWorkMs() };
  const timer = setInterval(() => {
    const now = { atMs: performance.now(), workMs: threadWorkMs() };
    longestStallMs = Math.max(longestStallMs, now.atMs - last.atMs - tickMs);
    longestWorkMs = Math.max(longestWorkMs, now.workMs - last.workMs);
    last = now;
  }, tickMs);
  const begunMs = performance.now();
  const before = process.cpuUsage();
  await during();
  clearInterval(timer);
  const used = process.cpuUsage(before);
  return { longestStallMs, longestWorkMs, cpuPercent: (used.user + used.system) / 10 / (performance.now() - begunMs) };
}

/** Node 23.9 and later; the types are those of the oldest Node that the extension supports. */
function threadWorkMs(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { readonly user: number; readonly system: number } };
  const used = threadCpuUsage?.call(process) ?? { user: NaN, system: NaN };
  return (used.user + used.system) / 1_000;
}

interface Mark {
  readonly name: string;
  readonly startTime: number;
}

/** VS Code keeps the marks of its start here, whole milliseconds in Node. */
interface WithMarks {
  readonly MonacoPerformanceMarks?: { getMarks(): readonly Mark[] };
}

function between(from: string, to: string): number | null {
  const marks = (globalThis as WithMarks).MonacoPerformanceMarks?.getMarks() ?? [];
  const begun = marks.findLast((mark) => mark.name === from);
  const ended = marks.findLast((mark) => mark.name === to);
  return begun === undefined || ended === undefined ? null : ended.startTime - begun.startTime;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
