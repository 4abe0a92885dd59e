import * as fs from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';

/** What is measured inside the extension host, as JSON in the file that OPSDECK_RESULTS names. */
export interface HostFigures {
  /** Reading and running extension.js, and activate(), in milliseconds; null when VS Code left no marks. */
  readonly loadMs: number | null;
  readonly activateMs: number | null;
  /** The longest time in which the host's event loop did not turn, while the live overview was open. */
  readonly longestStallMs: number;
  /** The same without Opsdeck doing anything, for comparison. */
  readonly longestIdleStallMs: number;
  /** Processor time of the extension host while the overview was sampled once a second, in per cent of a core. */
  readonly cpuPercent: number;
  readonly idleCpuPercent: number;
}

const id = 'opsdeck.opsdeck';
const watchedMs = 20_000;

/** Called by VS Code inside the extension host. */
export async function run(): Promise<void> {
  await vscode.extensions.getExtension(id)?.activate();
  // The other extensions of VS Code settle first.
  await pause(5_000);
  const idle = await watch(5_000);
  await vscode.commands.executeCommand('opsdeck.system.overview');
  await pause(3_000);
  const live = await watch(watchedMs);
  const figures: HostFigures = {
    loadMs: between(`code/extHost/willLoadExtensionCode/${id}`, `code/extHost/didLoadExtensionCode/${id}`),
    activateMs: between(`code/extHost/willActivateExtension/${id}`, `code/extHost/didActivateExtension/${id}`),
    longestStallMs: live.longestStallMs,
    longestIdleStallMs: idle.longestStallMs,
    cpuPercent: live.cpuPercent,
    idleCpuPercent: idle.cpuPercent,
  };
  fs.writeFileSync(process.env['OPSDECK_RESULTS'] ?? '', JSON.stringify(figures));
}

async function watch(ms: number): Promise<{ readonly longestStallMs: number; readonly cpuPercent: number }> {
  const resolutionMs = 5;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const before = process.cpuUsage();
  delay.enable();
  await pause(ms);
  delay.disable();
  const used = process.cpuUsage(before);
  // The timer itself counts as delay.
  return { longestStallMs: delay.max / 1e6 - resolutionMs, cpuPercent: (used.user + used.system) / 10 / ms };
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
