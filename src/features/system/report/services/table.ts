import * as l10n from '@vscode/l10n';
import type { Cell, Column, RowMenu, Status, TableBlock } from '../../../../report/model';
import type { Service, ServicesResult, ServiceState } from '../../core/services/schema';
import { column, hidden, table } from '../table';

export function servicesTable(
  id: string,
  title: string,
  services: readonly Service[],
  { manager }: ServicesResult,
): TableBlock {
  const rows = services.map(rowOf);
  const keys = services.map((one) => one.id);
  return {
    ...table(id, title, columnsFor(manager), rows, keys),
    empty: l10n.t('No service is in this state.'),
    menu: menuOf(services),
  };
}

/** Most of what systemd tells nobody else does. */
function columnsFor(manager: ServicesResult['manager']): readonly Column[] {
  const only = (one: Column): Column => (manager === 'systemd' ? one : hidden(one));
  return [
    column('name', l10n.t('Name')),
    column('state', l10n.t('State')),
    only(column('sub', l10n.t('Detail'), undefined, l10n.t('State in the words of systemd'))),
    column('enabled', l10n.t('At boot'), undefined, l10n.t('Whether it starts with the machine')),
    column('pid', l10n.t('PID'), 'plain'),
    only(column('memory', l10n.t('Memory'), 'bytes')),
    only(column('cpu', l10n.t('CPU time'), 'seconds')),
    only(column('since', l10n.t('Since'), 'time')),
    only(column('restarts', l10n.t('Restarts'), 'number')),
    only(column('result', l10n.t('Last result'))),
    only(column('description', l10n.t('Description'))),
    only(hidden(column('tasks', l10n.t('Tasks'), 'number'))),
    hidden({ ...column('file', l10n.t('File')), code: true }),
    hidden({ ...column('pidFile', l10n.t('PID File')), code: true }),
  ];
}

function rowOf(one: Service): readonly Cell[] {
  return [
    one.id,
    stateCell(one.state),
    one.sub,
    one.enabled,
    one.mainPid,
    one.memoryBytes,
    one.cpuMs === null ? null : one.cpuMs / 1000,
    one.sinceMs,
    one.restarts,
    resultCell(one),
    one.description,
    one.tasks,
    one.file,
    pidFileCell(one),
  ];
}

function stateCell(state: ServiceState): Cell {
  return { text: stateText(state), ...statusOf(state) };
}

function statusOf(state: ServiceState): { readonly status?: Status } {
  if (state === 'failed') return { status: 'error' };
  return state === 'restarting' ? { status: 'warning' } : {};
}

export function stateText(state: ServiceState): string {
  switch (state) {
    case 'failed':
      return l10n.t('failed');
    case 'restarting':
      return l10n.t('keeps restarting');
    case 'changing':
      return l10n.t('being started or stopped');
    case 'running':
      return l10n.t('running');
    case 'active':
      return l10n.t('active');
    case 'inactive':
      return l10n.t('not active');
    case 'not-found':
      return l10n.t('not installed');
    case 'unknown':
      return l10n.t('not known');
  }
}

function resultCell({ result, exitStatus }: Service): Cell {
  if (result === null || result === 'success') return result;
  const text = exitStatus === null || exitStatus === 0 ? result : l10n.t('{0} (status {1})', result, exitStatus);
  return { text, status: 'warning' };
}

function pidFileCell({ pidFile }: Service): Cell {
  if (pidFile === null) return null;
  switch (pidFile.problem) {
    case null:
      return pidFile.path;
    case 'ended':
      return { text: l10n.t('{0}: its process has ended', pidFile.path), status: 'warning' };
    case 'reused':
      return { text: l10n.t('{0}: its number belongs to a younger process', pidFile.path), status: 'warning' };
    case 'malformed':
      return { text: l10n.t('{0}: holds no number', pidFile.path), status: 'warning' };
  }
}

function menuOf(services: readonly Service[]): RowMenu {
  return {
    actions: [
      { label: l10n.t('Show Main Process'), tool: 'system.process' },
      { label: l10n.t('End Main Process'), tool: 'system.terminate', group: true },
    ],
    inputs: services.map(({ mainPid, startTicks }) =>
      mainPid === null ? null : { pid: mainPid, ...(startTicks === null ? {} : { startTicks }) },
    ),
  };
}
