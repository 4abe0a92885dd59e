import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../../report/plainText';
import { committedPercent } from '../../core/memory/findings';
import type { GroupRow, MemoryFinding, MemoryResult } from '../../core/memory/schema';
import type { Words } from '../words';
import { machineName } from '../../core/machineName';

const TOLD = 2;
/** Of the total: with less free than that, one wonders, and cache is the answer. */
const LITTLE_FREE = 0.15;

/** What is wrong, or why nothing is although little is free. */
export function memoryVerdict(result: MemoryResult, words: Words): string {
  const { findings, memory } = result;
  if (memory === null) return l10n.t('The memory of {0} could not be read.', machineName(result.machine));
  if (findings.length === 0) return quietText(result, words);
  const told = findings
    .slice(0, TOLD)
    .map((finding) => findingText(finding, result, words))
    .join(l10n.t('; '));
  const more = findings.length - TOLD;
  const wrong = more > 0 ? l10n.t('{0}; and {1} more', told, more) : told;
  // Where the machine is not the trouble, say so.
  const fine = findings.every(({ subject }) => subject !== '');
  return fine
    ? l10n.t('{0}; the memory of the machine itself is fine.', capitalised(wrong))
    : l10n.t('{0}.', capitalised(wrong));
}

function quietText({ memory }: MemoryResult, words: Words): string {
  if (memory === null) return '';
  const { availableBytes, totalBytes, freeBytes, outOfMemoryKills } = memory;
  const cache = (memory.cacheBytes ?? 0) + (memory.buffersBytes ?? 0);
  const parts = [
    l10n.t('Memory is fine: programs can still have {0} of {1}', words.bytes(availableBytes), words.bytes(totalBytes)),
    ...(freeBytes < totalBytes * LITTLE_FREE && cache > freeBytes
      ? [
          l10n.t(
            'only {0} are free because {1} hold cached files, which are given up when needed',
            words.bytes(freeBytes),
            words.bytes(cache),
          ),
        ]
      : []),
    ...(outOfMemoryKills !== null && outOfMemoryKills > 0
      ? [l10n.t('since the start, {0} processes were ended because memory ran out', words.number(outOfMemoryKills))]
      : []),
  ];
  return l10n.t('{0}.', parts.join(l10n.t('; ')));
}

function findingText({ kind, subject }: MemoryFinding, result: MemoryResult, words: Words): string {
  const { memory, swap, pressure, details, oomKillsSinceStart } = result;
  const group = groupOf(result, subject);
  if (group !== null) return groupText(kind, group, words);
  switch (kind) {
    case 'available':
      return l10n.t(
        'only {0} of memory is available ({1})',
        words.percent(memory?.availablePercent ?? null),
        words.bytes(memory?.availableBytes ?? null),
      );
    case 'stalled':
      return l10n.t(
        'everything waited for memory {0} of the time',
        words.percent(pressure?.full?.average10Percent ?? null),
      );
    case 'commit':
      return l10n.t(
        '{0} of the commit limit are promised: beyond it programs get no more',
        words.percent(committedPercent(result)),
      );
    case 'thrashing':
      return l10n.t(
        'pages go to and from swap all the time ({0} in, {1} out a second)',
        words.number(swap?.inPagesPerSecond ?? null),
        words.number(swap?.outPagesPerSecond ?? null),
      );
    case 'swap':
      return l10n.t(
        'swap is {0} full ({1} left)',
        words.percent(swap?.usedPercent ?? null),
        words.bytes(swap?.freeBytes ?? null),
      );
    case 'oomRecent':
      return l10n.t('{0} processes were just ended because memory ran out', words.number(oomKillsSinceStart));
    case 'corrupted':
      return l10n.t(
        '{0} of memory are out of use because of hardware errors',
        words.bytes(details?.corruptedBytes ?? null),
      );
    case 'limit':
    case 'throttled':
      // Only control groups have limits.
      return visibleLine(subject);
  }
}

function groupText(kind: MemoryFinding['kind'], group: GroupRow, words: Words): string {
  const name = visibleLine(group.path);
  switch (kind) {
    case 'limit':
      return l10n.t(
        'the control group {0} has used {1} of its limit of {2}',
        name,
        words.bytes(group.workingSetBytes),
        words.bytes(group.maxBytes),
      );
    case 'throttled':
      return l10n.t(
        'the control group {0} was held back by its CPU limit in {1} of the periods',
        name,
        words.percent(group.throttledPercent),
      );
    default:
      return l10n.t(
        'the control group {0} waited for memory {1} of the time',
        name,
        words.percent(group.memoryStallPercent),
      );
  }
}

function groupOf({ groups, ownGroup }: MemoryResult, subject: string): GroupRow | null {
  if (subject === '') return null;
  return groups?.find(({ path }) => path === subject) ?? ownGroup;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
