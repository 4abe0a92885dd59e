import * as l10n from '@vscode/l10n';
import type { Block, Cell, RowMenu, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { OpenFile, OpenFileKind, OpenFiles } from '../../core/process/schema/files';
import type { ProcessResult } from '../../core/process/schema/process';
import { code, column, hidden, table } from '../table';
import type { Words } from '../words';
import { missingText, moreBlocks, part, severityOf } from './parts';
import { line } from '../words';
import { accessText } from '../processWords';

export function filesSection(result: ProcessResult, words: Words): SectionBlock | null {
  const { files, process } = result;
  if (process.kernelThread) return null;
  const title = l10n.t('Open Files');
  if (files === null) {
    return part({
      title,
      summary: missingText(result, 'files') ?? l10n.t('Not known.'),
      status: 'unknown',
      blocks: [],
    });
  }
  const searched = result.missing.some((one) => one.part === 'pipes')
    ? [{ kind: 'text' as const, style: 'note' as const, text: pipesText(result) }]
    : [];
  return part({
    title,
    summary: summaryText(files, words),
    status: severityOf(result, ['deletedFiles', 'lockAwaited']),
    open: true,
    blocks: [filesTable(files), ...moreBlocks(files.list.length, files.total), ...silentBlocks(result), ...searched],
  });
}

function silentBlocks({ missing }: ProcessResult): readonly Block[] {
  return missing
    .filter((one) => one.part === 'fileDetails')
    .map(({ message }) => ({
      kind: 'text',
      style: 'note',
      status: 'warning',
      text: l10n.t('The file system at {0} did not answer: of what is open there only names are known.', message),
    }));
}

function pipesText(result: ProcessResult): string {
  const count = result.missing.find((one) => one.part === 'pipes')?.message ?? '';
  return l10n.t('Who is at the other ends of pipes was not looked for: there are {0} processes.', count);
}

function summaryText(files: OpenFiles, { number, bytes }: Words): string {
  const counts = l10n.t(
    'Files, folders and devices: {0}; sockets: {1}; pipes: {2}; others: {3}.',
    number(files.others),
    number(files.sockets),
    number(files.pipes),
    number(files.anonymous),
  );
  if (files.deleted === 0) return counts;
  return l10n.t(
    '{0} Deleted but still open: {1}, which hold {2}.',
    counts,
    number(files.deleted),
    bytes(files.deletedBytes),
  );
}

function filesTable({ list }: OpenFiles): TableBlock {
  const columns = [
    column('fd', l10n.t('FD'), 'plain', l10n.t('File descriptor')),
    column('kind', l10n.t('Kind')),
    code(column('path', l10n.t('Path'))),
    column('what', l10n.t('What it is')),
    column('mode', l10n.t('Mode')),
    column('size', l10n.t('Size'), 'bytes'),
    column('position', l10n.t('Position'), 'bytes', l10n.t('Where the next read or write is')),
    hidden(code(column('flags', l10n.t('Flags'), undefined, l10n.t('As of open(2)')))),
    hidden(column('device', l10n.t('Device number'))),
    hidden(column('inode', l10n.t('Inode'))),
    hidden(column('links', l10n.t('Names'), 'number', l10n.t('Hard links; 0: the file has no name any more'))),
  ];
  const rows = list.map((file): readonly Cell[] => [
    file.fd,
    file.deleted ? { text: l10n.t('{0}, deleted', kindText(file.kind)), status: 'info' } : kindText(file.kind),
    visibleLine(file.path),
    whatText(file),
    accessText(file.mode),
    file.sizeBytes,
    file.positionBytes,
    file.flags.join(' ') || null,
    file.device,
    file.inode,
    file.links,
  ]);
  const keys = list.map((file) => String(file.fd));
  return { ...table('files', null, columns, rows, keys), empty: l10n.t('It has no files open.'), menu: menuOf(list) };
}

/** A path on a file system can be asked who else has it open. */
function menuOf(list: readonly OpenFile[]): RowMenu {
  const askable: readonly OpenFileKind[] = ['file', 'directory', 'device', 'pipe'];
  return {
    actions: [{ label: l10n.t('Who Uses It'), tool: 'system.files' }],
    inputs: list.map((file) =>
      askable.includes(file.kind) && file.path.startsWith('/') && !file.deleted ? { path: file.path } : null,
    ),
  };
}

/** What the path does not tell: ends of sockets and pipes, counters, locks. */
function whatText(file: OpenFile): string | null {
  const parts = [socketText(file), anonymousText(file), peersText(file), locksText(file)];
  return parts.filter((text) => text !== null).join(l10n.t('; ')) || null;
}

function socketText({ socket }: OpenFile): string | null {
  if (socket === null) return null;
  const ends = [line(socket.local), line(socket.remote)].filter((end) => end !== null).join(' → ');
  return [socket.protocol, ends, socket.state].filter((text) => text !== null && text !== '').join(' ');
}

function anonymousText({ anonymous }: OpenFile): string | null {
  if (anonymous === null) return null;
  const { eventCount, epollTargets, watches, pid, timerNextMs } = anonymous;
  if (eventCount !== null) return l10n.t('counter {0}', eventCount);
  if (epollTargets.length > 0) return watchedText(epollTargets);
  if (watches !== null) return l10n.t('watches: {0}', watches);
  if (pid !== null) return pid === -1 ? l10n.t('of a process that has ended') : l10n.t('of process {0}', pid);
  if (timerNextMs === null) return null;
  return timerNextMs === 0 ? l10n.t('not set') : l10n.t('fires in {0} s', (timerNextMs / 1000).toFixed(1));
}

/** An epoll instance may watch thousands. */
const TOLD_TARGETS = 10;

function watchedText(targets: readonly number[]): string {
  const told = targets.slice(0, TOLD_TARGETS).join(l10n.t(', '));
  const more = targets.length - TOLD_TARGETS;
  return more > 0 ? l10n.t('watches FD {0} and {1} more', told, more) : l10n.t('watches FD {0}', told);
}

function peersText({ peers }: OpenFile): string | null {
  if (peers.length === 0) return null;
  const names = peers.map(({ pid, name }) => l10n.t('{0} (PID {1})', visibleLine(name), pid));
  return l10n.t('shared with {0}', names.join(l10n.t(', ')));
}

function locksText({ locks }: OpenFile): string | null {
  if (locks.length === 0) return null;
  return locks
    .map(({ kind, access, waiters }) => {
      const text = l10n.t('holds a {0} lock ({1})', access, kind);
      return waiters.length === 0 ? text : l10n.t('{0}, waited for by {1}', text, waiters.join(l10n.t(', ')));
    })
    .join(l10n.t('; '));
}

export function kindText(kind: OpenFileKind): string {
  switch (kind) {
    case 'file':
      return l10n.t('file');
    case 'directory':
      return l10n.t('folder');
    case 'socket':
      return l10n.t('socket');
    case 'pipe':
      return l10n.t('pipe');
    case 'device':
      return l10n.t('device');
    case 'memory':
      return l10n.t('memory file');
    case 'anonymous':
      return l10n.t('kernel object');
    case 'namespace':
      return l10n.t('namespace');
    case 'unknown':
      return l10n.t('not known');
  }
}
