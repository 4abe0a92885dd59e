import * as l10n from '@vscode/l10n';
import type { Cell, Fact, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessResult } from '../../core/process/schema/process';
import type { Security } from '../../core/process/schema/rest';
import { code, column, table } from '../table';
import { known, missingText, part } from './parts';

export function securitySection(result: ProcessResult): SectionBlock {
  const { security } = result;
  const apart = security.namespaces.filter((one) => one.differs === true).map((one) => one.kind);
  const missing = missingText(result, 'namespaces');
  const namespaces = security.namespaces.length === 0 ? [] : [namespacesTable(security)];
  return part({
    title: l10n.t('Security and Namespaces'),
    summary: summaryText(security, apart),
    blocks: [
      { kind: 'facts', title: l10n.t('Identity'), items: identityFacts(result) },
      { kind: 'facts', title: l10n.t('Rights'), items: rightsFacts(security) },
      ...namespaces,
      ...(missing === null
        ? []
        : [{ kind: 'text' as const, style: 'note' as const, title: l10n.t('Namespaces'), text: missing }]),
    ],
  });
}

function summaryText(security: Security, apart: readonly string[]): string {
  const rights = rightsText(security);
  if (apart.length === 0) return rights;
  return l10n.t('{0} It has namespaces of its own: {1}.', rights, apart.join(l10n.t(', ')));
}

/** So few that it has, or has not, are told by name. */
const FEW = 5;

function rightsText({ capabilities, lacked }: Security): string {
  const count = capabilities?.effective.length ?? 0;
  if (capabilities === null) return l10n.t('Its capabilities are not known.');
  if (count === 0) return l10n.t('It has no capabilities.');
  if (count <= FEW) return l10n.t('Its capabilities: {0}.', capabilities.effective.join(l10n.t(', ')));
  if (lacked === null || lacked.length > FEW) return l10n.t('It has {0} capabilities.', count);
  if (lacked.length === 0) return l10n.t('It has all capabilities.');
  return l10n.t('It has all capabilities but {0}.', lacked.join(l10n.t(', ')));
}

function identityFacts({
  process,
  groups,
  fileSystemUid,
  foregroundGroupId,
  security,
}: ProcessResult): readonly Fact[] {
  const names = groups.map(({ gid, name }) => (name === null ? String(gid) : `${visibleLine(name)} (${gid})`));
  return known([
    { label: l10n.t('PID'), value: process.pid, unit: 'plain' },
    pidsFact(security),
    { label: l10n.t('User IDs'), value: idsText(process.uids), note: idsNote() },
    { label: l10n.t('User ID for files'), value: sameAs(fileSystemUid, process.uids?.effective), unit: 'plain' },
    { label: l10n.t('Group IDs'), value: idsText(process.gids), note: idsNote() },
    { label: l10n.t('Further groups'), value: names.join(l10n.t(', ')) || null },
    { label: l10n.t('Process group'), value: process.groupId, unit: 'plain' },
    { label: l10n.t('Session'), value: process.sessionId, unit: 'plain' },
    {
      label: l10n.t('Foreground process group'),
      value: foregroundGroupId,
      unit: 'plain',
      note: l10n.t('of its terminal'),
    },
    { label: l10n.t('Login user ID'), value: security.loginUid, unit: 'plain' },
    { label: l10n.t('Umask'), value: security.umask, code: true },
  ]);
}

/** Only where it has more than the one. */
function pidsFact({ namespacePids }: Security): Fact {
  const inner = namespacePids.slice(1);
  return { label: l10n.t('PID in inner namespaces'), value: inner.join(' → ') || null };
}

function idsText(ids: ProcessResult['process']['uids']): string | null {
  return ids === null ? null : [ids.real, ids.effective, ids.saved].join(' / ');
}

function idsNote(): string {
  return l10n.t('real, effective, saved');
}

/** Told only where it is another one. */
function sameAs(value: number | null, usual: number | undefined): number | null {
  return value === usual ? null : value;
}

function rightsFacts({
  capabilities,
  seccomp,
  seccompFilters,
  noNewPrivileges,
  label,
  tracerPid,
  lacked,
}: Security): readonly Fact[] {
  const everything = lacked?.length === 0 ? l10n.t('all') : null;
  return known([
    {
      label: l10n.t('Effective capabilities'),
      value: everything ?? namesText(capabilities?.effective),
      code: everything === null,
    },
    { label: l10n.t('Permitted capabilities'), value: namesText(capabilities?.permitted), code: true },
    { label: l10n.t('Inheritable capabilities'), value: capabilities?.inheritable.join(' ') || null, code: true },
    { label: l10n.t('Ambient capabilities'), value: capabilities?.ambient.join(' ') || null, code: true },
    {
      label: l10n.t('Seccomp'),
      value: seccomp,
      ...(seccompFilters === null || seccompFilters === 0 ? {} : { note: l10n.t('{0} filters', seccompFilters) }),
    },
    {
      label: l10n.t('May gain privileges'),
      value: noNewPrivileges === null ? null : noNewPrivileges ? l10n.t('no') : l10n.t('yes'),
      note: l10n.t('NoNewPrivs: by programs with setuid or file capabilities'),
    },
    { label: l10n.t('Security label'), value: label === null ? null : visibleLine(label), code: true },
    { label: l10n.t('Debugger'), value: tracerPid, unit: 'plain' },
  ]);
}

function namesText(names: readonly string[] | undefined): string | null {
  if (names === undefined) return null;
  return names.length === 0 ? l10n.t('none') : names.join(' ');
}

function namespacesTable({ namespaces }: Security): TableBlock {
  const columns = [
    column('kind', l10n.t('Namespace')),
    code(column('inode', l10n.t('Number'), 'plain')),
    column('own', l10n.t('Compared with process 1')),
  ];
  const rows = namespaces.map((one): readonly Cell[] => [
    one.kind,
    one.inode,
    one.differs === null
      ? l10n.t('not known')
      : one.differs
        ? { text: l10n.t('another one'), status: 'info' }
        : l10n.t('the same'),
  ]);
  return table(
    'namespaces',
    l10n.t('Namespaces'),
    columns,
    rows,
    namespaces.map((one) => one.kind),
  );
}
