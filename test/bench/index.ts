import { ensureBrowser } from '../../src/build/browser';
import type { CommandContext } from '../../src/build/command';
import { ensureEditor } from '../../src/build/editorInstall';
import { ensurePeers } from '../../src/build/peers';
import { makeVsix } from '../../src/build/vsix';
import { benchCommandLine } from './commandLine';
import { benchDirectories } from './directories';
import { benchHost } from './host';
import { benchPage } from './page';
import { benchProcesses } from './processes';
import { benchSockets } from './sockets';
import type { BenchRow } from './row';
import { benchSizes } from './sizes';
import { benchSystem } from './system';
import { benchTexts } from './texts';

/** Every budget, measured beside its peer in the same run, as a table to read. Nothing fails by being slow. */
export async function runBench(context: CommandContext): Promise<string> {
  const browserProgram = await ensureBrowser(context);
  process.env['OPSDECK_BROWSER'] = browserProgram;
  await ensurePeers(context);
  const editor = await ensureEditor(context);
  const vsix = await makeVsix(context);
  const rows: readonly BenchRow[] = [
    ...benchSizes(vsix),
    benchCommandLine(),
    ...(await benchSystem()),
    ...(await benchProcesses()),
    ...(await benchSockets()),
    ...benchTexts(),
    ...(await benchDirectories()),
    ...(await benchPage()),
    ...(await benchHost(context, { editor, browserProgram, vsix })),
  ];
  return tableOf(rows);
}

const titles: readonly (readonly [keyof BenchRow, string])[] = [
  ['what', 'What'],
  ['ours', 'Opsdeck'],
  ['peer', 'Peer, same run'],
  ['ratio', 'Ratio'],
  ['budget', 'Budget'],
  ['met', 'Met'],
];

function tableOf(rows: readonly BenchRow[]): string {
  const lines = [titles.map(([, title]) => title), ...rows.map((row) => titles.map(([key]) => textOf(row[key])))];
  const widths = titles.map((_title, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function textOf(value: string | number | boolean | null): string {
  if (typeof value === 'number') return value.toFixed(2);
  if (typeof value === 'boolean') return value ? 'yes' : 'NO';
  return value ?? '';
}
