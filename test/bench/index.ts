import { ensureBrowser } from '../../src/build/browser';
import type { CommandContext } from '../../src/build/command';
import { ensureEditor } from '../../src/build/editorInstall';
import { ensureBenchPeers } from '../../src/build/peers';
import { Trouble } from '../../src/build/terminal';
import { makeVsix } from '../../src/build/vsix';
import { benchCommandLine } from './commandLine';
import { benchDirectories } from './directories';
import { benchHost } from './host';
import { benchMillion } from './million';
import { benchPage } from './page';
import { benchProcesses } from './processes';
import type { BenchRow } from './row';
import { benchSizes } from './sizes';
import { benchSockets } from './sockets';
import { benchSsh } from './ssh';
import { benchSynchronize } from './synchronize';
import { benchSystem } from './system';
import { benchTexts } from './texts';

interface Kit {
  readonly context: CommandContext;
  /** Builds for production and packs, once for all who need it. */
  vsix(): Promise<string>;
}

type Part = (kit: Kit) => Promise<readonly BenchRow[]>;

/** In the order in which they run. */
const PARTS: Readonly<Record<string, Part>> = {
  sizes: async (kit) => benchSizes(await kit.vsix()),
  cli: async (kit) => {
    await kit.vsix();
    return [benchCommandLine()];
  },
  system: benchSystem,
  processes: async (kit) => {
    await kit.vsix();
    return benchProcesses();
  },
  sockets: benchSockets,
  ssh: benchSsh,
  texts: () => Promise.resolve(benchTexts()),
  directories: benchDirectories,
  sync: benchSynchronize,
  million: benchMillion,
  page: async ({ context }) => {
    await browserOf(context);
    return benchPage();
  },
  host: async (kit) => {
    const { context } = kit;
    const [browserProgram, editor, vsix] = [await browserOf(context), await ensureEditor(context), await kit.vsix()];
    return benchHost(context, { editor, browserProgram, vsix });
  },
};

/** What takes minutes is measured only where it is named. */
const NAMED_ONLY: readonly string[] = ['million'];

/**
 * Every budget, measured beside its peer in the same run, as a table to read; or those of the parts that are named.
 * Nothing fails by being slow.
 */
export async function runBench(context: CommandContext, names: readonly string[]): Promise<string> {
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Trouble(`There is no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}.`);
  }
  await ensureBenchPeers(context);
  let packed: Promise<string> | undefined;
  const kit: Kit = { context, vsix: () => (packed ??= makeVsix(context)) };
  const rows: BenchRow[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    const isWanted = names.length === 0 ? !NAMED_ONLY.includes(name) : names.includes(name);
    if (isWanted) rows.push(...(await part(kit)));
  }
  return tableOf(rows);
}

async function browserOf(context: CommandContext): Promise<string> {
  return (process.env['OPSDECK_BROWSER'] = await ensureBrowser(context));
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
