import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Block, Report } from '../../../report/model';
import type { HostEdit } from '../core/knownHosts/edit';
import type { ChangedLine, HostEditResult } from '../core/knownHosts/schema';
import { machineText } from './keysWords';

const MOST_SHOWN = 20;

export interface EditQuestion {
  readonly question: string;
  readonly details: readonly string[];
  readonly confirm: string;
}

export function forgetQuestion({ file, changed, patterns }: HostEdit, machine: string): EditQuestion {
  const path = shownPath(file.path);
  return {
    question:
      changed.length === 1
        ? l10n.t('Remove line {0} from {1} on {2}?', changed[0]?.line ?? 0, path, machineText(machine))
        : l10n.t('Remove {0} lines from {1} on {2}?', changed.length, path, machineText(machine)),
    details: [
      ...lineTexts(changed),
      ...patterns.map((line) => l10n.t('Line {0} is a pattern: other hosts will be unknown as well.', line)),
      backupText(),
    ],
    confirm: l10n.t('Remove'),
  };
}

export function hashQuestion({ file, changed, kept }: HostEdit, machine: string): EditQuestion {
  return {
    question: l10n.t('Hash the names in {0} on {1}?', shownPath(file.path), machineText(machine)),
    details: [
      l10n.t(
        'Lines to hash: {0}. Nobody can read their names afterwards; ssh finds them all the same.',
        changed.length,
      ),
      ...(kept === 0 ? [] : [l10n.t('Lines that stay readable (patterns, markers, broken ones): {0}', kept)]),
      backupText(),
    ],
    confirm: l10n.t('Hash'),
  };
}

export function restoreQuestion(file: string, backup: string, lineCount: number, machine: string): EditQuestion {
  return {
    question: l10n.t('Put the backup of {0} on {1} back?', shownPath(file), machineText(machine)),
    details: [l10n.t('Backup: {0}', shownPath(backup)), l10n.t('Lines in it: {0}', lineCount)],
    confirm: l10n.t('Restore'),
  };
}

/** What was done to a known_hosts file. */
export function hostEditReport(result: HostEditResult): Report {
  return {
    title: shownPath(result.file),
    verdict: editText(result),
    status: 'ok',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: l10n.t('File'), value: shownPath(result.file), code: true },
          { label: l10n.t('Backup'), value: shownPath(result.backup), code: true },
        ],
      },
      ...linesTable(result.lines),
    ],
  };
}

/** One sentence, also for the journal. */
export function editText({ action, file, machine, lines, kept }: HostEditResult): string {
  const path = shownPath(file);
  const where = machineText(machine);
  switch (action) {
    case 'forget':
      return l10n.t('Lines removed from {1} on {2}: {0}.', lines.length, path, where);
    case 'hash':
      return kept === 0
        ? l10n.t('Lines of {1} on {2} whose names are hashed now: {0}.', lines.length, path, where)
        : l10n.t(
            'Lines of {1} on {2} whose names are hashed now: {0}; still readable: {3}.',
            lines.length,
            path,
            where,
            kept,
          );
    case 'restore':
      return l10n.t('{0} on {1} is again as it was.', path, where);
  }
}

function backupText(): string {
  return l10n.t('The file as it is now is kept beside it.');
}

function lineTexts(lines: readonly ChangedLine[]): readonly string[] {
  const shown = lines.slice(0, MOST_SHOWN).map(({ line, hosts, key }) => {
    const name = hosts.startsWith('|') ? l10n.t('(hashed)') : shownPath(hosts);
    return l10n.t('Line {0}: {1} {2}', line, name, key === '' ? l10n.t('(broken)') : key);
  });
  return lines.length > MOST_SHOWN ? [...shown, l10n.t('– {0} more', lines.length - MOST_SHOWN)] : shown;
}

function linesTable(lines: readonly ChangedLine[]): readonly Block[] {
  if (lines.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'lines',
      title: l10n.t('Lines'),
      columns: [
        { id: 'line', title: l10n.t('Line No.'), unit: 'plain' },
        { id: 'hosts', title: l10n.t('Host'), code: true },
        { id: 'key', title: l10n.t('Key'), code: true },
      ],
      rows: lines.map(({ line, hosts, key }) => [
        line,
        hosts.startsWith('|') ? l10n.t('(hashed)') : hosts,
        key || null,
      ]),
      rowKeys: lines.map(({ line }) => `${line}`),
    },
  ];
}
