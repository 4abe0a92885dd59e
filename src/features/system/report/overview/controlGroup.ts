import * as l10n from '@vscode/l10n';
import type { Cell, Fact, SectionBlock } from '../../../../report/model';
import { LIMIT_KINDS } from '../../core/overview/levels';
import type { SystemOverview } from '../../core/overview/schema/overview';
import type { ControlGroup } from '../../core/overview/schema/processor';
import { section } from './section';
import { barCell, coresText } from '../table';
import type { Words } from '../words';

/** The machine's own control group, where there is one that limits or measures. */
export function limitsSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { controlGroup } = overview;
  if (controlGroup === null) return null;
  const { cpu, memory, path } = controlGroup;
  const limits = limitsText(controlGroup, words);
  const facts: readonly Fact[] = [
    { label: l10n.t('Control group'), value: path, code: true, ...version(cpu?.version ?? memory?.version) },
    { label: l10n.t('CPU limit, in cores'), value: limitOf(cpu?.limited, cpu?.limitCores), unit: 'number' },
    { label: l10n.t('CPU used, in cores'), value: cpu?.usedCores ?? null, unit: 'number' },
    { label: l10n.t('CPU used of the limit'), value: barCell(ofLimit(cpu)), unit: 'percent' },
    {
      label: l10n.t('Held back now'),
      value: cpu?.throttledPercent ?? null,
      unit: 'percent',
      note: l10n.t('of the periods'),
    },
    { label: l10n.t('Held back in all'), value: cpu?.throttledSeconds ?? null, unit: 'seconds' },
    { label: l10n.t('Memory limit'), value: limitOf(memory?.limited, memory?.limitBytes), unit: 'bytes' },
    { label: l10n.t('Memory used, with cache'), value: memory?.usageBytes ?? null, unit: 'bytes' },
    { label: l10n.t('Memory used, without inactive cache'), value: memory?.workingSetBytes ?? null, unit: 'bytes' },
    { label: l10n.t('Memory used of the limit'), value: barCell(ofLimit(memory)), unit: 'percent' },
  ];
  return section(overview, words, {
    title: l10n.t('Control Group'),
    kinds: LIMIT_KINDS,
    quiet:
      limits === ''
        ? l10n.t('No limit below what the host has.')
        : l10n.t('Limited to {0}, less than the host has.', limits),
    open: limits !== '',
    blocks: [{ kind: 'facts', items: facts.filter((fact) => fact.value !== null) }],
  });
}

/** A limit that is not below what the host has is none. */
function limitOf(limited: boolean | undefined, limit: number | null | undefined): Cell {
  return limited === true && limit != null ? limit : l10n.t('none');
}

function ofLimit(part: ControlGroup['cpu'] | ControlGroup['memory']): number | null {
  return part?.limited === true ? part.usedOfLimitPercent : null;
}

function version(number: 1 | 2 | undefined): { readonly note?: string } {
  return number === undefined ? {} : { note: l10n.t('version {0}', number) };
}

/** The limits that are below what the host has; empty where there are none. */
export function limitsText({ cpu, memory }: ControlGroup, words: Words): string {
  const parts = [
    cpu?.limited === true && cpu.limitCores !== null ? coresText(cpu.limitCores, words) : null,
    memory?.limited === true && memory.limitBytes !== null
      ? l10n.t('{0} of memory', words.bytes(memory.limitBytes))
      : null,
  ];
  return parts.filter((part) => part !== null).join(l10n.t(', '));
}
