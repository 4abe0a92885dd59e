import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock, Unit } from '../../../../report/model';
import type { LimitName } from '../../core/kernel/limits';
import type { ProcessResult } from '../../core/process/schema/process';
import type { Limit } from '../../core/process/schema/rest';
import { column, table } from '../table';
import { part, severityOf } from './parts';

export function limitsSection(result: ProcessResult): SectionBlock | null {
  const { limits } = result;
  if (limits.length === 0) return null;
  const near = limits.filter(({ name }) => severityOf(result, ['limitNear'], name) !== 'ok');
  const names = near.map(({ name }) => limitText(name)).join(l10n.t(', '));
  const columns = [
    column('limit', l10n.t('Limit')),
    column('used', l10n.t('Used'), 'number'),
    column('share', l10n.t('Used of the limit'), 'percent'),
    column('soft', l10n.t('Soft'), 'number', l10n.t('In force')),
    column('hard', l10n.t('Hard'), 'number', l10n.t('Up to which the process may raise it itself')),
    column('name', l10n.t('Name'), undefined, l10n.t('As of prlimit and ulimit')),
  ];
  const rows = limits.map((one) => rowOf(one, result));
  const keys = limits.map((one) => one.name);
  const { pid, startTicks } = result.process;
  return part({
    title: l10n.t('Limits'),
    summary: near.length === 0 ? l10n.t('None is near its end.') : l10n.t('Near its end: {0}.', names),
    status: severityOf(result, ['limitNear']),
    open: near.length > 0,
    blocks: [
      {
        ...table('limits', null, columns, rows, keys),
        menu: {
          actions: [{ label: l10n.t('Set Limit…'), tool: 'system.limit' }],
          inputs: limits.map(({ name }) => ({ pid, startTicks, resource: name })),
        },
      },
    ],
  });
}

function rowOf({ name, unit, soft, hard, used, usedPercent }: Limit, result: ProcessResult): readonly Cell[] {
  const status = severityOf(result, ['limitNear'], name);
  const mark = status === 'ok' ? {} : { status };
  const share: Cell =
    usedPercent === null ? null : { value: usedPercent, fraction: Math.min(1, usedPercent / 100), ...mark };
  return [limitText(name), amount(used, unit), share, bound(soft, unit), bound(hard, unit), name];
}

function amount(value: number | null, unit: Limit['unit']): Cell {
  return value === null ? null : { value, unit: cellUnit(unit) };
}

function bound(value: number | null, unit: Limit['unit']): Cell {
  return value === null ? l10n.t('unlimited') : { value, unit: cellUnit(unit) };
}

function cellUnit(unit: Limit['unit']): Unit {
  return unit === 'bytes' || unit === 'seconds' ? unit : 'number';
}

function limitText(name: LimitName): string {
  switch (name) {
    case 'cpu':
      return l10n.t('CPU time');
    case 'fsize':
      return l10n.t('File size');
    case 'data':
      return l10n.t('Data size');
    case 'stack':
      return l10n.t('Stack size');
    case 'core':
      return l10n.t('Core dump size');
    case 'rss':
      return l10n.t('Resident memory');
    case 'nproc':
      return l10n.t('Processes and threads of the user');
    case 'nofile':
      return l10n.t('Open files');
    case 'memlock':
      return l10n.t('Locked memory');
    case 'as':
      return l10n.t('Address space');
    case 'locks':
      return l10n.t('File locks');
    case 'sigpending':
      return l10n.t('Pending signals');
    case 'msgqueue':
      return l10n.t('Message queues');
    case 'nice':
      return l10n.t('Nice ceiling');
    case 'rtprio':
      return l10n.t('Real-time priority');
    case 'rttime':
      return l10n.t('Real-time slice (µs)');
  }
}
