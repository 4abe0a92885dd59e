import type { PreviewResult } from '../../../../../src/features/compare/core/patch/schema';
import type { Counts, PlanResult, Step, SyncResult } from '../../../../../src/features/compare/core/plan/schema';
import type { EntryFacts } from '../../../../../src/features/compare/core/trees/schema';
import { patchReport } from '../../../../../src/features/compare/report/patch';
import { planReport } from '../../../../../src/features/compare/report/plan';
import { syncReport } from '../../../../../src/features/compare/report/sync';
import type { Report } from '../../../../../src/report/model';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { assertGolden } from '../../../../support/golden';

const print = (report: Report): string => printMarkdown(reportSchema.parse(report), { locale: 'en', timeZone: 'UTC' });

const NONE: Counts = { folders: 0, files: 0, links: 0, changes: 0, deletes: 0, bytes: 0 };
const PLACES = { left: { machine: 'local', path: '/srv/site' }, right: { machine: 'web01', path: '/srv/site' } };
const FILE: EntryFacts = {
  kind: 'file',
  sizeBytes: 1_204,
  modifiedMs: Date.UTC(2026, 10, 24),
  mode: 0o644,
  uid: 0,
  gid: 0,
  linkTarget: null,
};

function step(action: Step['action'], path: string, why: Step['why'], more: Partial<Step> = {}): Step {
  return { action, to: 'right', path, why, source: FILE, target: null, metadata: [], first: false, ...more };
}

const PLAN: PlanResult = {
  places: PLACES,
  direction: 'mirror-right',
  counts: { ...NONE, files: 2, folders: 1, links: 1, changes: 1, deletes: 1, bytes: 2_408 },
  backupBytes: 2_408,
  steps: [
    step('copy', 'app.conf', 'differs', { target: FILE }),
    step('folder', 'conf.d', 'missing'),
    step('copy', 'conf.d/a.conf', 'missing'),
    step('link', 'current', 'missing'),
    step('change', 'run.sh', 'metadata', { source: { ...FILE, mode: 0o755 }, target: FILE, metadata: ['mode'] }),
    step('delete', 'old.log', 'extra', { source: null, target: FILE }),
  ],
  left: [
    { path: 'both.txt', kind: 'conflict', why: 'same-time', reason: null },
    { path: 'secret', kind: 'skipped', why: 'not-read', reason: 'left: permission denied' },
  ],
  as: 'rsync',
  texts: [{ to: 'right', text: 'rsync -a /srv/site/app.conf web01:/srv/site/\n', notes: ['Nothing is run.'] }],
  input: {},
};

const DONE: SyncResult = {
  task: 'sync',
  places: PLACES,
  state: 'done',
  stopReason: null,
  total: PLAN.counts,
  done: { ...PLAN.counts, deletes: 0 },
  steps: [
    { path: 'app.conf', action: 'copy', to: 'right', sizeBytes: 1_204 },
    { path: 'conf.d', action: 'folder', to: 'right', sizeBytes: null },
    { path: 'run.sh', action: 'change', to: 'right', sizeBytes: null },
  ],
  failed: [{ path: 'old.log', to: 'right', reason: 'permission denied' }],
  failedCount: 1,
  left: PLAN.left,
  leftCount: 2,
  current: [],
  backup: {
    id: '20261128-151639-3fa9c1',
    files: 1,
    bytes: 1_204,
    folders: [{ machine: 'web01', path: '/root/.local/share/opsdeck/backups/20261128-151639-3fa9c1/right' }],
  },
  kept: { backups: 4, bytes: 12_040, emptied: 2, emptiedBytes: 5_242_880 },
  startedMs: Date.UTC(2026, 10, 28, 15, 16, 39),
  elapsedMs: 1_250,
};

const PREVIEW: PreviewResult = {
  patch: 'tls.patch',
  place: PLACES.right,
  strip: 1,
  fuzz: 2,
  reverse: false,
  files: [
    {
      path: 'app.conf',
      oldPath: null,
      action: 'change',
      removed: 1,
      added: 2,
      hunks: [{ kind: 'applied', line: 40, offset: 2, fuzz: 1 }],
      reason: null,
      texts: null,
    },
    {
      path: 'new.conf',
      oldPath: 'old.conf',
      action: 'rename',
      removed: 3,
      added: 3,
      hunks: [{ kind: 'rejected' }],
      reason: 'hunk 1 does not fit',
      texts: null,
    },
  ],
  input: {},
};

describe('reports of changes to folders', () => {
  it('tell what is planned', () => assertGolden('compare/plan.md', print(planReport(PLAN))));

  it('tell what was done, and what was not', () => assertGolden('compare/sync.md', print(syncReport(DONE))));

  it('tell what was taken back', () =>
    assertGolden(
      'compare/undo.md',
      print(
        syncReport({
          ...DONE,
          task: 'undo',
          failed: [],
          failedCount: 0,
          left: [],
          leftCount: 0,
          backup: null,
          kept: null,
        }),
      ),
    ));

  it('tell what a patch would do', () => assertGolden('compare/patch-preview.md', print(patchReport(PREVIEW))));

  it('tell what a patch has done until it was cancelled', () =>
    assertGolden(
      'compare/patch.md',
      print(
        syncReport({
          ...DONE,
          task: 'patch',
          places: { left: null, right: PLACES.right },
          state: 'cancelled',
          kept: null,
        }),
      ),
    ));
});
