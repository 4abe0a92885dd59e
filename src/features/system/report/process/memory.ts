import * as l10n from '@vscode/l10n';
import type { Fact, FactsBlock, SectionBlock, Unit } from '../../../../report/model';
import type { ProcessResult } from '../../core/process/schema/process';
import type { Words } from '../words';
import { known, missingText, part, severityOf } from './parts';

export function memorySection(result: ProcessResult, words: Words): SectionBlock | null {
  const { process, memory } = result;
  if (process.kernelThread) return null;
  const resident = words.bytes(process.memory.residentBytes);
  const summary =
    memory.uniqueBytes === null
      ? l10n.t('{0} are in memory.', resident)
      : l10n.t('{0} are in memory; ending it would free {1}.', resident, words.bytes(memory.uniqueBytes));
  const denied = missingText(result, 'memory');
  return part({
    title: l10n.t('Memory'),
    summary,
    status: severityOf(result, ['swapped', 'memoryLimitNear']),
    open: true,
    blocks: [
      { kind: 'facts', items: useFacts(result, denied) },
      { kind: 'facts', title: l10n.t('What It Consists Of'), items: partFacts(result) },
      ...groupFacts(result),
    ],
  });
}

function useFacts({ process, memory }: ProcessResult, denied: string | null): readonly Fact[] {
  const own = [
    { ...fact(l10n.t('Unique (USS)'), memory.uniqueBytes), note: l10n.t('of this process only') },
    {
      ...fact(l10n.t('Proportional (PSS)'), memory.proportionalBytes),
      note: l10n.t('shared pages divided by those who share them'),
    },
    fact(l10n.t('In swap, proportional'), memory.swapProportionalBytes),
  ];
  return [
    ...known([
      fact(l10n.t('Resident (RSS)'), process.memory.residentBytes),
      fact(l10n.t('Highest resident'), memory.peakResidentBytes),
    ]),
    ...(denied === null ? known(own) : [{ label: l10n.t('Unique (USS)'), value: null, note: denied }]),
    ...known([
      fact(l10n.t('Address space (VSZ)'), process.memory.virtualBytes),
      fact(l10n.t('Highest address space'), memory.peakVirtualBytes),
      fact(l10n.t('In swap'), process.memory.swapBytes),
      fact(l10n.t('Major page faults'), memory.majorFaultsPerSecond, 'perSecond'),
      {
        ...fact(l10n.t('Major page faults in all'), process.majorFaults, 'number'),
        note: l10n.t('had to read storage'),
      },
      fact(l10n.t('Minor page faults'), memory.minorFaultsPerSecond, 'perSecond'),
      fact(l10n.t('Minor page faults in all'), process.minorFaults, 'number'),
      {
        ...fact(l10n.t('Out-of-memory score'), process.oomScore, 'number'),
        note: l10n.t('adjusted by {0}; the highest is killed first', process.oomScoreAdjust ?? 0),
      },
    ]),
  ];
}

function partFacts({ process, memory }: ProcessResult): readonly Fact[] {
  return known([
    fact(l10n.t('Anonymous'), memory.anonymousBytes),
    fact(l10n.t('Of files'), memory.fileBytes),
    fact(l10n.t('Shared memory'), memory.sharedMemoryBytes),
    fact(l10n.t('Code'), process.memory.textBytes),
    fact(l10n.t('Libraries'), memory.libraryBytes),
    fact(l10n.t('Data and stack'), process.memory.dataBytes),
    fact(l10n.t('Stack'), memory.stackBytes),
    fact(l10n.t('Page tables'), memory.pageTableBytes),
    fact(l10n.t('Locked'), memory.lockedBytes),
    fact(l10n.t('Pinned'), memory.pinnedBytes),
    fact(l10n.t('Huge pages'), memory.hugetlbBytes),
  ]);
}

function groupFacts({ controlGroup }: ProcessResult): readonly FactsBlock[] {
  if (controlGroup === null) return [];
  const items = known([
    fact(l10n.t('Used'), controlGroup.memoryUsedBytes),
    controlGroup.memoryLimitBytes === null
      ? { label: l10n.t('Limit'), value: l10n.t('none') }
      : fact(l10n.t('Limit'), controlGroup.memoryLimitBytes),
    {
      label: l10n.t('Used of the limit'),
      value:
        controlGroup.memoryUsedPercent === null
          ? null
          : { value: controlGroup.memoryUsedPercent, fraction: controlGroup.memoryUsedPercent / 100 },
      unit: 'percent',
    },
  ]);
  return [{ kind: 'facts', title: l10n.t('Memory of Its Control Group'), items }];
}

function fact(label: string, value: number | null, unit: Unit = 'bytes'): Fact {
  return { label, value, unit };
}
