import * as l10n from '@vscode/l10n';
import type { Block, Report, Status } from '../../../report/model';
import type { MemoryResult } from '../core/memory/schema';
import { memoryCharts } from './memory/charts';
import { groupsTable, ownGroupSection } from './memory/groups';
import { kernelSection, nodesSection, slabsSection, zonesSection } from './memory/kernel';
import { processesTable } from './memory/processes';
import { memoryFacts } from './memory/facts';
import { swapSection } from './memory/swap';
import { memoryVerdict } from './memory/verdict';
import { createWords } from './words';
import { machineName } from '../core/machineName';

export function memoryReport(result: MemoryResult): Report {
  const words = createWords();
  const blocks: readonly (Block | null)[] = [
    // What was asked for comes first.
    groupsTable(result),
    result.exact ? processesTable(result) : null,
    memoryFacts(result),
    ...memoryCharts(result),
    result.exact ? null : processesTable(result),
    ownGroupSection(result, words),
    swapSection(result),
    kernelSection(result),
    nodesSection(result),
    slabsSection(result),
    zonesSection(result),
    ...result.problems.map((text): Block => ({ kind: 'text', style: 'note', text })),
  ];
  return {
    title: titleOf(result),
    verdict: memoryVerdict(result, words),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function titleOf({ machine, groups, exact }: MemoryResult): string {
  if (groups !== null) return l10n.t('Control groups of {0}', machineName(machine));
  return exact
    ? l10n.t('Memory of processes on {0}', machineName(machine))
    : l10n.t('Memory of {0}', machineName(machine));
}

function statusOf({ findings, memory }: MemoryResult): Status {
  return findings[0]?.severity ?? (memory === null ? 'unknown' : 'ok');
}
