import * as l10n from '@vscode/l10n';
import { fullestOf } from '../../core/overview/fullest';
import { CPU_KINDS, DISK_KINDS, FILE_SYSTEM_KINDS, levelOf, MEMORY_KINDS } from '../../core/overview/levels';
import type { Finding, SystemOverview } from '../../core/overview/schema/overview';
import type { Words } from '../words';
import { machineName } from '../../core/machineName';

/** So many findings are told; of the others, how many there are. */
const TOLD = 2;

/** One or two sentences: what is wrong, where, and what is not at fault. */
export function verdictText(overview: SystemOverview, words: Words): string {
  const { findings, status } = overview;
  if (status === 'unknown')
    return l10n.t('Neither the processors nor the memory of {0} could be read.', machineName(overview.machine));
  if (findings.length === 0) return quietText(overview, words);
  const told = findings
    .slice(0, TOLD)
    .map((finding) => findingText(finding, words))
    .join(l10n.t('; '));
  const more = findings.length - TOLD;
  const wrong = more > 0 ? l10n.t('{0}; and {1} more', told, more) : told;
  const fine = fineText(overview);
  return capitalised(fine === '' ? l10n.t('{0}.', wrong) : l10n.t('{0}; {1}.', wrong, fine));
}

/** Such as "/var is 98% full (1.2 GiB left)", without a full stop. */
export function findingText(
  { kind, subject, value, leftBytes }: Finding,
  { percent: percentText, bytes, number }: Words,
): string {
  const percent = percentText(value);
  const left = bytes(leftBytes);
  switch (kind) {
    case 'fileSystemFull':
      return l10n.t('{0} is {1} full ({2} left)', subject, percent, left);
    case 'inodesFull':
      return l10n.t('{0} has used {1} of its inodes', subject, percent);
    case 'fileSystemSilent':
      return l10n.t('{0} did not answer', subject);
    case 'memoryLow':
      return l10n.t('only {0} of memory is available ({1})', percent, left);
    case 'memoryLimitNear':
      return l10n.t("memory is at {0} of the control group's limit ({1} left)", percent, left);
    case 'swapFull':
      return l10n.t('swap is {0} full ({1} left)', percent, left);
    case 'memoryPressure':
      return l10n.t('everything waited for memory {0} of the time', percent);
    case 'ioPressure':
      return l10n.t('everything waited for disks {0} of the time', percent);
    case 'cpuPressure':
      return l10n.t('tasks waited for a CPU {0} of the time', percent);
    case 'cpuThrottled':
      return l10n.t("the control group's CPU limit held it back in {0} of the periods", percent);
    case 'cpuBusy':
      return l10n.t('the CPU is {0} busy', percent);
    case 'cpuStolen':
      return l10n.t('the hypervisor takes {0} of the CPU', percent);
    case 'loadHigh':
      return l10n.t('the load is {0} per core', number(value));
    case 'diskSlow':
      return l10n.t('disk {0} takes {1} ms for a request', subject, number(value));
    case 'interfaceErrors':
      return l10n.t('interface {0} has {1} errors a second', subject, number(value));
    case 'temperatureHigh':
      return l10n.t('sensor {0} is at {1} °C', subject, number(value));
    case 'batteryLow':
      return l10n.t('battery {0} is at {1}', subject, percent);
  }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function quietText(overview: SystemOverview, { percent, bytes }: Words): string {
  const { cpu, memory, measuring } = overview;
  const fullest = fullestOf(overview.fileSystems);
  const parts = [
    cpu?.shares == null ? null : l10n.t('CPU {0}', percent(cpu.shares.usedPercent)),
    memory === null ? null : l10n.t('{0} of {1} memory used', bytes(memory.usedBytes), bytes(memory.totalBytes)),
    fullest === null ? null : l10n.t('fullest disk {0} at {1}', fullest.mountPoint, percent(fullest.usedPercent)),
  ].filter((part) => part !== null);
  const figures = parts.join(l10n.t(', '));
  const sentence = measuring ? l10n.t('Measuring: {0}.', figures) : l10n.t('Nothing is wrong: {0}.', figures);
  return isWhole(overview) ? sentence : l10n.t('{0} Not everything could be read.', sentence);
}

/** Old kernels have no pressure: without it, nothing that anybody expects is missing. */
function isWhole({ problems }: SystemOverview): boolean {
  return problems.every((problem) => problem.missing === 'pressure' && problem.reason === 'missing');
}

/** What was looked at and is not at fault; empty when that cannot be said of anything. */
function fineText(overview: SystemOverview): string {
  const { cpu, memory, fileSystems } = overview;
  const cpuFine = cpu?.shares != null && levelOf(overview, [...CPU_KINDS, 'cpuThrottled']) === 'ok';
  const memoryFine = memory !== null && levelOf(overview, [...MEMORY_KINDS, 'memoryLimitNear']) === 'ok';
  const disksFine = fileSystems.length > 0 && levelOf(overview, [...FILE_SYSTEM_KINDS, ...DISK_KINDS]) === 'ok';
  if (cpuFine && memoryFine)
    return disksFine ? l10n.t('CPU, memory and disks are fine') : l10n.t('CPU and memory are fine');
  if (cpuFine) return disksFine ? l10n.t('CPU and disks are fine') : l10n.t('the CPU is fine');
  if (memoryFine) return disksFine ? l10n.t('memory and disks are fine') : l10n.t('memory is fine');
  return disksFine ? l10n.t('the disks are fine') : '';
}
