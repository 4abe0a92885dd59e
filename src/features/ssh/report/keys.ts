import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { localName } from '../../../machine/machines';
import type { Block, Report, Status, TableBlock } from '../../../report/model';
import type { AgentRow, AuthorizedRow, KeyProblem, KeysResult, PublicKeyRow } from '../core/keys/schema';
import { certificateCell, keyCells, keyColumns } from './keysCells';
import { keyText, machineText, modeText, problemStatus } from './keysWords';

/** The keys of a user on a machine, and which of them are weak or open. */
export function keysReport(result: KeysResult): Report {
  return {
    title: l10n.t('SSH Keys of {0}', machineText(result.machine)),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [
      privateTable(result),
      ...(result.publicKeys.length === 0 ? [] : [publicTable(result.publicKeys)]),
      agentBlock(result.agent),
      authorizedTable(result.authorizedKeys),
      ...unreadTable(result.unread),
    ],
    actions: [
      { kind: 'tool', label: l10n.t('Make a New Key…'), tool: 'ssh.generateKey', input: {} },
      { kind: 'tool', label: l10n.t('Install a Public Key…'), tool: 'ssh.installKey', input: {}, asksMachine: true },
    ],
  };
}

function allProblems({ privateKeys, publicKeys, agent, authorizedKeys }: KeysResult): readonly KeyProblem[] {
  return [...privateKeys, ...publicKeys, ...agent.keys, ...authorizedKeys].flatMap(({ problems }) => problems);
}

function statusOf(result: KeysResult): Status {
  const statuses = allProblems(result).map(problemStatus);
  if (result.folderOpen || statuses.includes('error')) return 'error';
  return statuses.includes('warning') || result.unread.length > 0 ? 'warning' : 'ok';
}

/** The worst thing first, by name. */
function verdictOf(result: KeysResult): string {
  const { privateKeys, authorizedKeys, folder, folderOpen } = result;
  const machine = machineText(result.machine);
  if (folderOpen) return l10n.t('{0} can be written by others: sshd takes no keys from there.', shownPath(folder));
  const open = privateKeys.find(({ problems }) => problems.includes('open'));
  if (open !== undefined) {
    return l10n.t(
      '{0} can be read by others: ssh refuses to use it (mode {1}).',
      shownPath(open.file),
      modeText(open.mode) ?? '',
    );
  }
  const weak = [...privateKeys, ...authorizedKeys].find(({ problems }) =>
    problems.some((problem) => problem === 'dsa' || problem === 'rsa-weak'),
  );
  if (weak !== undefined) {
    return l10n.t('{0} holds a weak key: {1}.', shownPath(weak.file), keyText(weak.label ?? '?', weak.bits));
  }
  const expired = privateKeys.find(({ problems }) => problems.includes('expired'));
  if (expired !== undefined) return l10n.t('The certificate of {0} has expired.', shownPath(expired.file));
  const foreign = privateKeys.find(({ problems }) => problems.includes('other-public-key'));
  if (foreign !== undefined) {
    return l10n.t('The .pub file beside {0} belongs to another key.', shownPath(foreign.file));
  }
  return calmVerdict(result, machine);
}

function calmVerdict({ privateKeys, authorizedKeys }: KeysResult, machine: string): string {
  if (privateKeys.length === 0) {
    return l10n.t('There is no private key on {0}. Keys that may log in there: {1}.', machine, authorizedKeys.length);
  }
  const bare = privateKeys.filter(({ encrypted }) => !encrypted).length;
  return bare === 0
    ? l10n.t(
        'Private keys on {1}, all with a passphrase: {0}. Keys that may log in there: {2}.',
        privateKeys.length,
        machine,
        authorizedKeys.length,
      )
    : l10n.t(
        'Private keys on {1}: {0}, without a passphrase: {2}. Keys that may log in there: {3}.',
        privateKeys.length,
        machine,
        bare,
        authorizedKeys.length,
      );
}

function privateTable({ privateKeys, takenAtMs, machine }: KeysResult): TableBlock {
  return {
    kind: 'table',
    id: 'private',
    title: l10n.t('Private Keys'),
    columns: [
      { id: 'file', title: l10n.t('File'), code: true },
      ...keyColumns(),
      { id: 'passphrase', title: l10n.t('Passphrase') },
      { id: 'certificate', title: l10n.t('Certificate') },
      { id: 'mode', title: l10n.t('File Mode'), code: true },
      { id: 'age', title: l10n.t('Unchanged For'), unit: 'seconds' },
      { id: 'format', title: l10n.t('Format'), hidden: true },
    ],
    rows: privateKeys.map((row) => [
      shownPath(row.file),
      ...keyCells(row),
      row.encrypted ? l10n.t('yes') : l10n.t('no'),
      certificateCell(row.certificate),
      modeText(row.mode),
      row.modifiedAtMs === null ? null : Math.max(0, Math.round((takenAtMs - row.modifiedAtMs) / 1_000)),
      row.format,
    ]),
    rowKeys: privateKeys.map(({ file }) => file),
    ...(machine === localName ? { menu: installMenu(privateKeys) } : {}),
    empty: l10n.t('There is no private key.'),
  };
}

/** Public keys are read from files of this computer. */
function installMenu(rows: KeysResult['privateKeys']): NonNullable<TableBlock['menu']> {
  return {
    actions: [{ label: l10n.t('Install on a Machine…'), tool: 'ssh.installKey', asksMachine: true }],
    inputs: rows.map(({ file }) => ({ key: `${file}.pub` })),
  };
}

function publicTable(rows: readonly PublicKeyRow[]): TableBlock {
  return {
    kind: 'table',
    id: 'public',
    title: l10n.t('Public Keys without a Private One'),
    columns: [
      { id: 'file', title: l10n.t('File'), code: true },
      ...keyColumns(),
      { id: 'certificate', title: l10n.t('Certificate') },
    ],
    rows: rows.map((row) => [shownPath(row.file), ...keyCells(row), certificateCell(row.certificate)]),
    rowKeys: rows.map(({ file }) => file),
  };
}

function agentBlock({ state, message, keys }: AgentRow): Block {
  if (state === 'keys') {
    return {
      kind: 'table',
      id: 'agent',
      title: l10n.t('Keys in the Agent'),
      columns: keyColumns(),
      rows: keys.map(keyCells),
      rowKeys: keys.map(({ fingerprint }) => fingerprint ?? ''),
    };
  }
  return { kind: 'text', title: l10n.t('Keys in the Agent'), text: agentText(state, message), style: 'note' };
}

function agentText(state: Exclude<AgentRow['state'], 'keys'>, message: string | null): string {
  switch (state) {
    case 'empty':
      return l10n.t('The agent holds no keys.');
    case 'none':
      return l10n.t('No agent answers there.');
    case 'no-program':
      return l10n.t('There is no ssh-add, so the agent was not asked.');
    case 'failed':
      return message ?? l10n.t('The agent could not be asked.');
  }
}

function authorizedTable(rows: readonly AuthorizedRow[]): TableBlock {
  return {
    kind: 'table',
    id: 'authorized',
    title: l10n.t('Keys That May Log In'),
    columns: [
      ...keyColumns(),
      { id: 'options', title: l10n.t('Options'), code: true },
      { id: 'place', title: l10n.t('File and Line'), code: true },
    ],
    rows: rows.map((row) => [...keyCells(row), row.options || null, `${shownPath(row.file)}:${row.line}`]),
    rowKeys: rows.map(({ file, line }) => `${file}:${line}`),
    empty: l10n.t('No key may log in.'),
    menu: {
      actions: [{ label: l10n.t('Remove This Key…'), tool: 'ssh.removeKey' }],
      inputs: rows.map(({ file, text, problems }) => (problems.includes('broken') ? null : { line: text, file })),
    },
  };
}

function unreadTable(rows: KeysResult['unread']): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'unread',
      title: l10n.t('Not Read'),
      columns: [
        { id: 'file', title: l10n.t('File'), code: true },
        { id: 'message', title: l10n.t('Why') },
      ],
      rows: rows.map(({ file, message }) => [shownPath(file), message]),
      rowKeys: rows.map(({ file }) => file),
    },
  ];
}
