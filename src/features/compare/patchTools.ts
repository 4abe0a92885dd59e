import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../lib/errors';
import { liveResults } from '../../lib/liveResults';
import { refuseReadOnly } from '../../tool/policy';
import type { ChangeTool, Tool } from '../../tool/tool';
import { previewOf, tryPatch } from './core/patch/preview';
import { applyInput, previewInput, previewResult } from './core/patch/schema';
import type { ApplyInput, PreviewInput, PreviewResult } from './core/patch/schema';
import { syncResult, type SyncResult } from './core/plan/schema';
import { PatchWork } from './core/sync/applyPatch';
import { patchQuestion, patchReport, patchVerdict } from './report/patch';
import { syncChanges, syncReport } from './report/sync';

/** Whether a patch fits the files of a folder, hunk by hunk. Nothing is changed. */
export const previewPatchTool: Tool<PreviewInput, PreviewResult> = {
  input: previewInput,
  result: previewResult,
  async *run({ texts, ...choices }, context) {
    yield previewOf(await tryPatch(choices, context), choices, texts);
  },
  report: patchReport,
};

/** Applies a patch to the files of a folder; what it replaces is kept, so that all of it can be taken back. */
export const applyPatchTool: ChangeTool<ApplyInput, SyncResult> = {
  input: applyInput,
  result: syncResult,
  // That of the folder is judged when it is known.
  changedMachines: () => [],
  async plan({ seen: _old, ...choices }, context) {
    const tried = await tryPatch(choices, context);
    await refuseReadOnly(context.machines, tried.machine.name, context.signal);
    const preview = previewOf(tried, choices, false);
    if (tried.changes.length === 0) throw nothingFits(preview);
    return { ...patchQuestion(preview), input: { ...choices, strip: tried.strip, seen: tried.seen } };
  },
  async *run({ seen, ...choices }, context) {
    const tried = await tryPatch(choices, context);
    await refuseReadOnly(context.machines, tried.machine.name, context.signal);
    if (seen !== undefined && seen !== tried.seen) {
      const text = l10n.t(
        'The patch or the files have changed since they were shown; nothing was done. Look at it again.',
      );
      throw new ExpectedError('mismatch', text);
    }
    yield* liveResults(new PatchWork(tried, choices, context), context.signal, context.live);
  },
  changes: syncChanges,
  report: syncReport,
};

function nothingFits({ files }: PreviewResult): ExpectedError {
  const reasons = files.slice(0, 10).flatMap(({ path, reason }) => (reason === null ? [] : [`${path}: ${reason}`]));
  return new ExpectedError('mismatch', [patchVerdict(files), ...reasons].join('\n'));
}
