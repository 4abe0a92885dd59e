import * as l10n from '@vscode/l10n';
import type { Block, Cell, Fact, RowMenu, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { FilesResult, FileUse } from '../../core/files/schema';
import { code, column, hidden, hideEmptyColumns, table } from '../table';
import { accessText } from '../processWords';

/** What can be done about a process that is in the way. */
export function processMenu(rows: readonly { readonly pid: number; readonly startTicks: number }[]): RowMenu {
  return {
    actions: [
      { label: l10n.t('Show Process'), tool: 'system.process' },
      { label: l10n.t('Terminate…'), tool: 'system.terminate', group: true },
    ],
    inputs: rows.map(({ pid, startTicks }) => ({ pid, startTicks })),
  };
}

export function usersTable({ users }: FilesResult): TableBlock {
  const columns = [
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('uses', l10n.t('Uses'), 'number'),
    column('note', l10n.t('Note')),
  ];
  const rows = users.map((one): readonly Cell[] => [
    visibleLine(one.name),
    one.pid,
    one.user,
    one.uses,
    one.otherNamespace ? l10n.t('sees other mounts, as in a container') : null,
  ]);
  const keys = users.map(({ pid, startTicks }) => `${pid} ${startTicks}`);
  return {
    ...hideEmptyColumns(table('users', l10n.t('Processes'), columns, rows, keys), ['note']),
    empty: l10n.t('Nobody.'),
    menu: processMenu(users),
  };
}

export function usesTable({ uses }: FilesResult): TableBlock {
  const columns = [
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('how', l10n.t('How'), undefined, l10n.t('File descriptor, working folder, program, memory map or root')),
    column('mode', l10n.t('Mode')),
    code(column('path', l10n.t('Path'))),
    column('size', l10n.t('Size'), 'bytes'),
    column('position', l10n.t('Position'), 'bytes'),
    column('lock', l10n.t('Lock')),
    column('note', l10n.t('Note')),
    hidden(column('user', l10n.t('User'))),
    hidden(column('kind', l10n.t('Kind'))),
    hidden(column('mapped', l10n.t('Mapped'), 'bytes')),
    hidden(column('flags', l10n.t('Flags'))),
    hidden(column('device', l10n.t('Device'))),
    hidden(column('inode', l10n.t('Inode'))),
  ];
  const rows = uses.map((use): readonly Cell[] => [
    visibleLine(use.name),
    use.pid,
    howText(use),
    accessText(use.mode) ?? use.permissions,
    visibleLine(use.path),
    use.sizeBytes,
    use.positionBytes,
    lockText(use),
    noteOf(use),
    use.user,
    use.kind,
    use.mappedBytes,
    use.flags.join(' ') || null,
    use.device,
    use.inode,
  ]);
  const keys = uses.map((use) => `${use.pid} ${use.how} ${use.fd ?? use.path}`);
  return {
    ...hideEmptyColumns(table('uses', l10n.t('Uses'), columns, rows, keys), ['size', 'position', 'lock', 'note']),
    empty: l10n.t('None.'),
    menu: processMenu(uses),
  };
}

function howText({ how, fd }: FileUse): string {
  switch (how) {
    case 'fd':
      return l10n.t('descriptor {0}', fd ?? '');
    case 'socket':
      return l10n.t('socket {0}', fd ?? '');
    case 'cwd':
      return l10n.t('working folder');
    case 'root':
      return l10n.t('root folder');
    case 'exe':
      return l10n.t('program');
    case 'map':
      return l10n.t('memory map');
  }
}

function lockText({ locks }: FileUse): Cell {
  if (locks.length === 0) return null;
  const texts = locks.map(({ kind, access, waiting }) =>
    waiting ? l10n.t('waits for {0} {1}', kind, access) : `${kind} ${access}`,
  );
  const text = [...new Set(texts)].join(l10n.t(', '));
  return locks.some(({ waiting }) => waiting) ? { text, status: 'warning' } : text;
}

function noteOf({ deleted, otherNamespace }: FileUse): string | null {
  const notes = [deleted ? l10n.t('deleted') : null, otherNamespace ? l10n.t('other mounts') : null].filter(
    (note) => note !== null,
  );
  return notes.join(l10n.t(', ')) || null;
}

export function obstaclesTable({ obstacles }: FilesResult): readonly Block[] {
  if (obstacles.length === 0) return [];
  const columns = [column('kind', l10n.t('Kind')), code(column('what', l10n.t('What')))];
  const rows = obstacles.map(({ kind, what }): readonly Cell[] => [
    kind === 'mount' ? l10n.t('mount below it') : kind === 'swap' ? l10n.t('swap file') : l10n.t('loop device'),
    visibleLine(what),
  ]);
  return [
    table(
      'obstacles',
      l10n.t('Also in the Way'),
      columns,
      rows,
      obstacles.map(({ kind, what }) => `${kind} ${what}`),
    ),
  ];
}

export function targetFacts({ target }: FilesResult): Block {
  const facts: readonly Fact[] =
    target === null
      ? []
      : [
          { label: l10n.t('Path'), value: visibleLine(target.path), code: true },
          { label: l10n.t('Kind'), value: target.exists === false ? l10n.t('does not exist any more') : target.kind },
          { label: l10n.t('Size'), value: target.kind === 'file' ? target.sizeBytes : null, unit: 'bytes' },
          {
            label: l10n.t('Names (hard links)'),
            value: target.kind === 'file' ? target.hardLinks : null,
            unit: 'number',
          },
          { label: l10n.t('Inode'), value: target.inode },
          {
            label: l10n.t('File system'),
            value: target.mountPoint === null ? null : visibleLine(target.mountPoint),
            code: true,
          },
          { label: l10n.t('Type'), value: target.fileSystemType },
          { label: l10n.t('Device'), value: target.source === null ? null : visibleLine(target.source), code: true },
        ];
  return { kind: 'facts', title: l10n.t('What It Is'), items: facts.filter(({ value }) => value !== null) };
}
