import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Block, Cell, Column, Report, RowAction, Status, TableBlock } from '../../../report/model';
import type { HostProblem, KnownHostRow, KnownHostsFile, KnownHostsResult } from '../core/knownHosts/schema';
import { keyText, machineText, modeText, problemStatus } from './keysWords';

/** What the known_hosts files of a machine say, and what is wrong in them. */
export function knownHostsReport(result: KnownHostsResult): Report {
  const status = statusOf(result);
  return {
    title:
      result.host === null
        ? l10n.t('Known Hosts of {0}', machineText(result.machine))
        : l10n.t('Known Keys of {0}', result.host),
    verdict: verdictOf(result),
    status,
    blocks: [linesTable(result), ...filesTable(result.files)],
    actions: [
      {
        kind: 'tool',
        label: l10n.t('Hash All Names'),
        tool: 'ssh.hashKnownHosts',
        input: {},
      },
    ],
  };
}

function statusOf({ files, lines }: KnownHostsResult): Status {
  const all = [...lines.flatMap(({ problems }) => problems.map(problemStatus)), ...files.map(fileStatus)];
  if (all.includes('error')) return 'error';
  return all.includes('warning') ? 'warning' : 'ok';
}

/** Worst is a file that everybody may write. */
function fileStatus({ state, mode, writableByOthers }: KnownHostsFile): Status {
  if (((mode ?? 0) & 0o002) !== 0) return 'error';
  return writableByOthers || state === 'failed' ? 'warning' : 'ok';
}

function verdictOf(result: KnownHostsResult): string {
  const { files, lines, host } = result;
  const machine = machineText(result.machine);
  const open = files.find(({ writableByOthers }) => writableByOthers);
  if (open !== undefined) {
    return l10n.t('{0} can be written by others: who does, decides which hosts you trust.', shownPath(open.path));
  }
  const failed = files.find(({ state }) => state === 'failed');
  if (failed !== undefined) return l10n.t('{0} could not be read: {1}', shownPath(failed.path), failed.message ?? '');
  if (lines.length === 0) {
    return host === null
      ? l10n.t('No host is known on {0}.', machine)
      : l10n.t('{0} is not known on {1}.', host, machine);
  }
  const wrong = problemSentence(lines);
  if (wrong !== null) return wrong;
  return host === null
    ? l10n.t('Lines on {1}: {0}. Nothing is wrong with them.', lines.length, machine)
    : l10n.t('{0} is known on {1}; lines: {2}.', host, machine, lines.length);
}

/** The worst first. */
function problemSentence(lines: readonly KnownHostRow[]): string | null {
  const count = (...wanted: readonly HostProblem[]): number =>
    lines.filter(({ problems }) => wanted.some((problem) => problems.includes(problem))).length;
  const parts = [
    [count('revoked'), (n: number) => l10n.t('revoked keys: {0}', n)],
    [count('dsa', 'rsa-weak'), (n: number) => l10n.t('weak keys: {0}', n)],
    [count('conflict'), (n: number) => l10n.t('names with two keys of one type: {0}', n)],
    [lines.filter(isBroken).length, (n: number) => l10n.t('broken lines: {0}', n)],
    [count('duplicate'), (n: number) => l10n.t('duplicates: {0}', n)],
  ] as const;
  const texts = parts.flatMap(([number, text]) => (number === 0 ? [] : [text(number)]));
  return texts.length === 0 ? null : l10n.t('Lines: {0}; {1}.', lines.length, texts.join(l10n.t(', ')));
}

function isBroken({ problems }: KnownHostRow): boolean {
  return problems.some((problem) => problem.startsWith('broken-'));
}

function linesTable({ lines, host }: KnownHostsResult): TableBlock {
  return {
    kind: 'table',
    id: 'lines',
    title: l10n.t('Lines'),
    columns: lineColumns(lines),
    rows: lines.map(cellsOf),
    rowKeys: lines.map(({ file, line }) => `${file}:${line}`),
    empty: host === null ? l10n.t('No host is known.') : l10n.t('This host is not known.'),
    menu: {
      actions: [forgetLine()],
      inputs: lines.map(({ file, line, lineDigest }) => ({ file, line, lineDigest })),
    },
  };
}

function forgetLine(): RowAction {
  return { label: l10n.t('Remove This Line…'), tool: 'ssh.forgetHost' };
}

/** What no line has is not shown at first. */
function lineColumns(lines: readonly KnownHostRow[]): readonly Column[] {
  return [
    { id: 'hosts', title: l10n.t('Host'), code: true },
    { id: 'port', title: l10n.t('Port'), unit: 'plain' },
    { id: 'key', title: l10n.t('Key') },
    { id: 'problem', title: l10n.t('Problem') },
    { id: 'marker', title: l10n.t('Marker'), hidden: !lines.some(({ marker }) => marker !== null) },
    { id: 'fingerprint', title: l10n.t('Fingerprint'), code: true },
    { id: 'place', title: l10n.t('File and Line'), code: true },
    { id: 'comment', title: l10n.t('Comment'), hidden: true },
  ];
}

function cellsOf(row: KnownHostRow): readonly Cell[] {
  return [
    row.hosts === '' && row.hashed ? l10n.t('(hashed)') : row.hosts,
    row.port,
    row.label === null ? null : keyText(row.label, row.bits),
    problemCell(row),
    markerText(row.marker),
    row.fingerprint,
    `${shownPath(row.file)}:${row.line}`,
    row.comment === '' ? null : row.comment,
  ];
}

function markerText(marker: KnownHostRow['marker']): Cell {
  if (marker === null) return null;
  return marker === 'revoked'
    ? { text: l10n.t('revoked'), status: 'warning' }
    : { text: l10n.t('certificate authority'), status: 'info' };
}

function problemCell({ problems, other }: KnownHostRow): Cell {
  if (problems.length === 0) return null;
  const statuses = problems.map(problemStatus);
  const status = (['error', 'warning', 'info'] as const).find((one) => statuses.includes(one)) ?? 'info';
  return { text: problems.map((problem) => problemText(problem, other)).join(l10n.t(', ')), status };
}

function problemText(problem: HostProblem, other: string | null): string {
  switch (problem) {
    case 'broken-marker':
      return l10n.t('unknown marker: ssh passes the line over');
    case 'broken-names':
      return l10n.t('damaged name: ssh passes the line over');
    case 'broken-no-key':
      return l10n.t('no key: ssh passes the line over');
    case 'broken-key':
      return l10n.t('damaged key: ssh passes the line over');
    case 'broken-short-key':
      return l10n.t('RSA under 1,024 bits: ssh passes the line over');
    case 'duplicate':
      return l10n.t('the same as {0}', other ?? '');
    case 'conflict':
      return l10n.t('another key than in {0}: one is stale', other ?? '');
    case 'dsa':
      return l10n.t('DSA: no longer accepted by OpenSSH');
    case 'rsa-weak':
      return l10n.t('weak: RSA under 2,048 bits');
    case 'rsa-short':
      return l10n.t('RSA under 3,072 bits');
    case 'revoked':
      return l10n.t('revoked by another line');
  }
}

function filesTable(files: readonly KnownHostsFile[]): readonly Block[] {
  const there = files.filter(({ state }) => state !== 'missing');
  if (there.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'files',
      title: l10n.t('Files'),
      columns: [
        { id: 'path', title: l10n.t('File'), code: true },
        { id: 'mode', title: l10n.t('File Mode'), code: true },
        { id: 'state', title: l10n.t('State') },
      ],
      rows: there.map((file) => [shownPath(file.path), modeText(file.mode), fileCell(file)]),
      rowKeys: there.map(({ path }) => path),
    },
  ];
}

function fileCell(file: KnownHostsFile): Cell {
  const { state, message, writableByOthers } = file;
  if (writableByOthers) return { text: l10n.t('writable by others'), status: fileStatus(file) };
  return state === 'failed' ? { text: message ?? '', status: 'warning' } : l10n.t('can be read');
}
