import { compareTexts } from '../../../../../src/features/compare/core/text/compareTexts';
import type { Content } from '../../../../../src/features/compare/core/text/content';
import { PLAIN_OPTIONS } from '../../../../../src/features/compare/core/text/options';
import type { DirectoriesResult, EntryFacts, SideResult } from '../../../../../src/features/compare/core/trees/schema';
import { directoriesReport } from '../../../../../src/features/compare/report/directories';
import { textsReport } from '../../../../../src/features/compare/report/texts';
import type { Report } from '../../../../../src/report/model';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { assertGolden } from '../../../../support/golden';

const print = (report: Report): string => printMarkdown(reportSchema.parse(report), { locale: 'en', timeZone: 'UTC' });

describe('reports of what is compared from elsewhere', () => {
  it('tell how commands ended and what a server answered', () => {
    const left: Content = {
      label: 'web01:nginx -T',
      bytes: Buffer.from('listen 80;\n'),
      origin: { kind: 'command', exitCode: 1, signal: null, complaint: 'nginx: [warn] conflicting server name\n' },
    };
    const right: Content = {
      label: 'https://config.example/nginx.conf',
      bytes: Buffer.from('listen 443;\n'),
      origin: { kind: 'url', url: 'https://config.example/v2/nginx.conf', status: 404, distrust: 'CERT_HAS_EXPIRED' },
    };
    assertGolden('compare/texts-sources.md', print(textsReport(compareTexts(left, right, PLAIN_OPTIONS))));
  });

  it('tell of a revision and an archive', () =>
    assertGolden('compare/directories-sources.md', print(directoriesReport(RESULT))));
});

const SIDE: SideResult = {
  machine: 'local',
  path: 'git:v1.2:/srv/site',
  source: 'git',
  listedBy: 'git',
  readBy: 'git',
  movedBytes: 0,
  readBytes: 4_096,
  files: 12,
  folders: 3,
  others: 1,
  stopReason: null,
  takenAtMs: Date.UTC(2026, 10, 24, 4, 30),
  commit: '28c9bdde4deb0123456789abcdef0123456789ab',
  xattrs: 'extended attributes are not compared: only folders have them',
};

const FILE: EntryFacts = {
  kind: 'file',
  sizeBytes: 120,
  modifiedMs: null,
  mode: null,
  uid: null,
  gid: null,
  linkTarget: null,
};

const ROW = {
  left: FILE,
  right: FILE,
  reason: null,
  metadata: [],
  movedTo: null,
  inside: null,
  groups: null,
  missing: null,
};

const RESULT: DirectoriesResult = {
  state: 'done',
  mode: 'deep',
  contentBy: 'hash',
  sides: [
    SIDE,
    {
      ...SIDE,
      machine: 'web01',
      path: '/backup/site.tar.gz',
      source: 'archive',
      listedBy: 'archive',
      readBy: 'archive',
      movedBytes: 90_000,
      readBytes: 90_000,
      takenAtMs: null,
      commit: null,
    },
  ],
  counts: { same: 10, differs: 1, metadata: 1, kind: 0, leftOnly: 1, rightOnly: 0, moved: 0, outlier: 0, error: 1 },
  commonFolders: 3,
  rows: [
    {
      ...ROW,
      path: '../../outside',
      difference: 'error',
      left: null,
      reason: 'right: its path leads out of the archive',
    },
    { ...ROW, path: 'etc/hosts', difference: 'differs' },
    { ...ROW, path: 'new', difference: 'leftOnly', right: null },
    {
      ...ROW,
      path: 'run.sh',
      difference: 'metadata',
      metadata: ['mode', 'xattr'],
      left: { ...FILE, mode: 0o755, xattrs: 'user.origin=0x31' },
      right: { ...FILE, mode: 0o644, xattrs: '' },
    },
  ],
  rowsLeftOut: 0,
  closure: null,
  ignored: ['.git'],
  startedMs: Date.UTC(2026, 10, 28),
  elapsedMs: 320,
};
