import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, Status } from '../../../report/model';
import type { ServicesResult } from '../core/services/schema';
import { servicesTable } from './services/table';
import { timersTable } from './services/timers';
import { machineName } from '../core/machineName';

export function servicesReport(result: ServicesResult): Report {
  const { failed, services, filter } = result;
  const listed = new Set(services.map(({ id }) => id));
  const elsewhere = failed.filter(({ id }) => !listed.has(id));
  const blocks: readonly (Block | null)[] = [
    ...result.problems.map((text): Block => ({ kind: 'text', style: 'note', text })),
    elsewhere.length === 0 ? null : servicesTable('failed', l10n.t('Failed Elsewhere'), elsewhere, result),
    servicesTable('services', titleOf(filter.type), services, result),
    timersTable(result),
    managerFacts(result),
  ];
  return {
    title: l10n.t('Services of {0}', machineName(result.machine)),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function titleOf(type: ServicesResult['filter']['type']): string {
  switch (type) {
    case 'service':
      return l10n.t('Services');
    case 'timer':
      return l10n.t('Timer Units');
    case 'socket':
      return l10n.t('Socket Units');
    case 'mount':
      return l10n.t('Mount Units');
    case 'path':
      return l10n.t('Path Units');
    case 'target':
      return l10n.t('Targets');
    case 'all':
      return l10n.t('Units');
  }
}

/** Who asks after one service is told 'error' when it has failed; a list with failed ones in it is a warning. */
function statusOf({ failed, filter, services, manager, problems }: ServicesResult): Status {
  if (manager === 'systemd' && services.length === 0 && failed.length === 0 && problems.length > 0) return 'unknown';
  if (filter.name !== null) {
    if (services.some(({ state }) => state === 'failed')) return 'error';
    const fine = services.length > 0 && services.every(({ state }) => state !== 'restarting');
    return fine ? 'ok' : 'warning';
  }
  if (failed.length > 0) return 'warning';
  return manager === 'systemd' ? 'ok' : 'info';
}

function verdictOf(result: ServicesResult): string {
  const { failed, manager, machine, filter } = result;
  const host = machineName(machine);
  if (statusOf(result) === 'unknown') return l10n.t('systemd on {0} did not answer.', host);
  if (filter.name !== null) return namedText(result, filter.name);
  const running = result.counts.running ?? 0;
  if (failed.length > 0) {
    const names = failed
      .slice(0, 3)
      .map(({ id }) => id)
      .join(l10n.t(', '));
    const more = failed.length - 3;
    const told = more > 0 ? l10n.t('{0} and {1} more', names, more) : names;
    return l10n.t('Failed on {0}: {1}; services running: {2}.', host, told, running);
  }
  if (manager === 'systemd') return l10n.t('Nothing has failed on {0}; services running: {1}.', host, running);
  if (manager === 'none') return l10n.t('Opsdeck knows no service manager on {0}.', host);
  return l10n.t('Services on {0}: {1}; known to run: {2}.', host, result.services.length, running);
}

function namedText({ services, machine }: ServicesResult, name: string): string {
  const host = machineName(machine);
  const [first] = services;
  if (first === undefined) return l10n.t('No service on {0} is named {1}.', host, name);
  const state = first.sub === null ? first.state : `${first.active ?? ''} (${first.sub})`;
  if (services.length === 1) return l10n.t('{0} on {1}: {2}.', first.id, host, state);
  const failed = services.filter((one) => one.state === 'failed').length;
  const running = services.filter((one) => one.state === 'running').length;
  return l10n.t('{0} services on {1} match {2}: {3} run, {4} failed.', services.length, host, name, running, failed);
}

function managerFacts(result: ServicesResult): Block {
  const { manager, version, systemState, firstProcess } = result;
  const items: readonly Fact[] = [
    { label: l10n.t('Service manager'), value: managerText(manager), ...(version === null ? {} : { note: version }) },
    { label: l10n.t('State of the system'), value: systemState },
    { label: l10n.t('First process'), value: firstProcess, note: l10n.t('PID 1') },
  ];
  return { kind: 'facts', items: items.filter(({ value }) => value !== null) };
}

function managerText(manager: ServicesResult['manager']): string {
  switch (manager) {
    case 'systemd':
      return 'systemd';
    case 'openrc':
      return 'OpenRC';
    case 'runit':
      return 'runit';
    case 'sysv':
      return l10n.t('scripts of /etc/init.d');
    case 'none':
      return l10n.t('none');
  }
}
