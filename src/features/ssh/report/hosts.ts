import * as l10n from '@vscode/l10n';
import type { Column, Report, TableBlock } from '../../../report/model';
import type { HostsResult } from '../core/hosts';

/** Every host that a file names, and what in those files was not understood. */
export function hostsReport({ hosts, problems }: HostsResult): Report {
  return {
    title: l10n.t('Hosts'),
    verdict: verdictOf(hosts.length, problems.length),
    status: problems.length > 0 ? 'warning' : 'info',
    blocks: [hostsTable(hosts), ...(problems.length > 0 ? [problemsTable(problems)] : [])],
  };
}

function verdictOf(count: number, problems: number): string {
  if (count === 0 && problems === 0) {
    return l10n.t('No host is known: your SSH configuration names none, and there is no hosts file.');
  }
  return problems === 0
    ? l10n.t('{0} hosts are known.', count)
    : l10n.t('{0} hosts are known; {1} places in their files were not understood.', count, problems);
}

function hostsTable(hosts: HostsResult['hosts']): TableBlock {
  return {
    kind: 'table',
    id: 'hosts',
    title: l10n.t('Hosts'),
    // What is said of no host is not shown at first.
    columns: [
      { id: 'name', title: l10n.t('Name'), code: true },
      { id: 'address', title: l10n.t('Address'), code: true, hidden: hosts.every(({ address }) => address === null) },
      { id: 'port', title: l10n.t('Port'), unit: 'plain', hidden: hosts.every(({ port }) => port === null) },
      { id: 'user', title: l10n.t('User'), hidden: hosts.every(({ user }) => user === null) },
      { id: 'groups', title: l10n.t('Groups'), hidden: hosts.every(({ groups }) => groups.length === 0) },
      { id: 'tags', title: l10n.t('Tags'), hidden: hosts.every(({ tags }) => tags.length === 0) },
      { id: 'policy', title: l10n.t('Policy'), hidden: hosts.every(({ policy }) => policyText(policy) === '') },
      { id: 'note', title: l10n.t('Note'), hidden: hosts.every(({ note }) => note === '') },
      { id: 'source', title: l10n.t('Source') },
    ] satisfies readonly Column[],
    rowKeys: hosts.map(({ name }) => name),
    rows: hosts.map((host) => [
      host.name,
      host.address,
      host.port,
      host.user,
      host.groups.join(', '),
      host.tags.join(', '),
      policyText(host.policy),
      host.note,
      host.sources.map(({ file, line }) => `${file}:${line}`).join(', '),
    ]),
    menu: {
      actions: [
        { label: l10n.t('Overview'), tool: 'system.overview' },
        { label: l10n.t('Processes'), tool: 'system.processes' },
        { label: l10n.t('Run a Command…'), tool: 'ssh.run', group: true },
        { label: l10n.t('Keys That May Log In'), tool: 'ssh.keys' },
      ],
      inputs: hosts.map(() => ({})),
      machines: hosts.map(({ name }) => name),
    },
    empty: l10n.t('No host is known.'),
  };
}

function policyText({ readOnly, confirm }: HostsResult['hosts'][number]['policy']): string {
  return [...(readOnly ? [l10n.t('read-only')] : []), ...(confirm ? [l10n.t('asks first')] : [])].join(', ');
}

function problemsTable(problems: HostsResult['problems']): TableBlock {
  return {
    kind: 'table',
    id: 'problems',
    title: l10n.t('Not understood'),
    columns: [
      { id: 'file', title: l10n.t('File'), code: true },
      { id: 'line', title: l10n.t('Line'), unit: 'plain' },
      { id: 'message', title: l10n.t('Why') },
    ],
    rows: problems.map(({ file, line, message }) => [file, line, message]),
  };
}
