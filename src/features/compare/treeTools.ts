import * as l10n from '@vscode/l10n';
import { liveResults } from '../../lib/liveResults';
import { localName } from '../../machine/machines';
import type { Tool } from '../../tool/tool';
import { compareDirectories } from './core/trees/compare';
import { directoriesInput, type DirectoriesInput } from './core/trees/inputs';
import { manifestInput, manifestResult, type ManifestInput, type ManifestResult } from './core/trees/manifestInputs';
import { ManifestWriting, outputPath } from './core/trees/manifestWrite';
import { mergedResult, type MergeAsk } from './core/trees/merged';
import { partOf, summaryOf, type PartAsk } from './core/trees/parts';
import { directoriesResult, type DirectoriesResult, type SideResult } from './core/trees/schema';
import { openSide } from './core/trees/sides';
import { directoriesReport } from './report/directories';
import { manifestReport } from './report/manifest';
import { bytesText, grouped } from './report/words';

/** Compares folders of this computer and of hosts, and manifests of them. */
export const directoriesTool: Tool<DirectoriesInput, DirectoriesResult> = {
  input: directoriesInput,
  result: directoriesResult,
  run: (input, { machine, machines, signal, live, progress }) =>
    compareDirectories(input, {
      machine,
      machines,
      signal,
      live,
      progress: ({ counts, sides }) => {
        const sum = (of: (side: SideResult) => number): number => sides.reduce((all, side) => all + of(side), 0);
        const bytes = bytesText(sum(({ readBytes, movedBytes }) => readBytes + movedBytes));
        const files = grouped(sum((side) => side.files));
        const [same, differ] = [grouped(counts.same), grouped(counts.differs)];
        progress(l10n.t('{0} files listed, {1} the same, {2} differ; {3} read', files, same, differ, bytes));
      },
    }),
  report: directoriesReport,
  large: {
    summary: summaryOf,
    part: (result, ask) => partOf(result, ask as PartAsk),
    merge: (result, part, ask) => mergedResult(result, part, ask as MergeAsk),
  },
};

/** Writes down what is in a folder, with a hash of each file. */
export const manifestTool: Tool<ManifestInput, ManifestResult> = {
  input: manifestInput,
  result: manifestResult,
  async *run(input, context) {
    const side = await openSide(input.folder, context);
    const local = await context.machines.open(localName, context.signal);
    const writing = new ManifestWriting(input, side, local, outputPath(input.output));
    for await (const result of liveResults(writing, context.signal, context.live)) {
      context.progress(l10n.t('{0} files written down', result.files));
      yield result;
    }
  },
  report: manifestReport,
};
