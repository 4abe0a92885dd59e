import * as l10n from '@vscode/l10n';
import type { Status } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessFinding, ProcessResult } from '../../core/process/schema/process';
import type { Words } from '../words';
import { machineName } from '../../core/machineName';
import { stateText, whom } from '../processWords';

/** So many findings are told; of the others, how many there are. */
const TOLD = 2;

/** One or two sentences: whether it still runs, what stands out, and what is in order. */
export function verdictText(result: ProcessResult, words: Words): string {
  const { process, ended, machine, findings, thread } = result;
  const who = whom(process.name, process.pid);
  if (ended !== null)
    return l10n.t('{0} on {1} has ended: this is what was last seen of it.', who, machineName(machine));
  const told = findings.slice(0, TOLD).map((finding) => findingText(finding, result, words));
  const more = findings.length - told.length;
  const wrong = more > 0 ? [...told, l10n.t('and {0} more', more)] : told;
  const state = useText(result, words);
  const worrying = findings.some((one) => one.severity !== 'info');
  const text = worrying
    ? l10n.t('{0} needs a look: {1}; {2}.', who, wrong.join(l10n.t('; ')), state)
    : l10n.t('{0} is in order: {1}.', who, [state, ...wrong].join(l10n.t('; ')));
  return thread === null ? text : l10n.t('{0} is a thread of this process. {1}', thread, text);
}

export function statusOf({ findings, ended, files }: ProcessResult): Status {
  if (ended !== null) return 'info';
  if (findings.some((one) => one.severity !== 'info')) return 'warning';
  return files === null ? 'info' : 'ok';
}

/** Such as "running, 12% CPU, 310 MiB of memory, 8 threads, 24 open files". */
function useText({ process, files, threads }: ProcessResult, { percent, bytes, number }: Words): string {
  const parts = [
    stateText(process.state),
    process.cpu.percent === null ? null : l10n.t('{0} CPU', percent(process.cpu.percent)),
    process.kernelThread ? null : l10n.t('{0} of memory', bytes(process.memory.residentBytes)),
    threads.total === 1 ? l10n.t('1 thread') : l10n.t('{0} threads', number(threads.total)),
    process.kernelThread ? null : filesText(files, number),
  ];
  return parts.filter((part) => part !== null).join(l10n.t(', '));
}

function filesText(files: ProcessResult['files'], number: Words['number']): string {
  if (files === null) return l10n.t('its files may not be seen');
  return files.total === 1 ? l10n.t('1 open file') : l10n.t('{0} open files', number(files.total));
}

/** Such as "it has used 96% of the open files it may have", without a full stop. */
export function findingText({ kind, subject, value }: ProcessFinding, result: ProcessResult, words: Words): string {
  const percent = words.percent(value);
  switch (kind) {
    case 'zombie':
      return l10n.t('it is a zombie: process {0} has not taken note of its end', value ?? '');
    case 'diskSleep':
      return subject === ''
        ? l10n.t('it waits for a device or file system and cannot be interrupted')
        : l10n.t('it waits in {0} for a device or file system and cannot be interrupted', subject);
    case 'stopped':
      return l10n.t('it is stopped and waits for SIGCONT');
    case 'traced':
      return l10n.t('process {0} debugs or traces it', value ?? '');
    case 'limitNear':
      return limitFindingText(subject, percent);
    case 'memoryLimitNear':
      return l10n.t("memory is at {0} of its control group's limit", percent);
    case 'throttled':
      return l10n.t('the CPU limit of its control group held it back in {0} of the periods', percent);
    case 'executableReplaced':
      return l10n.t('its program file was deleted or replaced after the start, as by an upgrade');
    case 'deletedFiles': {
      const held = words.bytes(result.files?.deletedBytes ?? null);
      return value === 1
        ? l10n.t('a deleted file that it has open holds {0}', held)
        : l10n.t('{0} deleted files that it has open hold {1}', words.number(value), held);
    }
    case 'lockAwaited':
      return lockText(subject, value);
    case 'cpuWaited':
      return l10n.t('it was ready to run, but other ones ran, {0} of the time', percent);
    case 'swapped':
      return l10n.t('{0} of its memory is in swap', percent);
  }
}

function limitFindingText(limit: string, percent: string): string {
  return limit === 'nofile'
    ? l10n.t('it has used {0} of the open files it may have', percent)
    : l10n.t('it is at {0} of its limit {1}', percent, limit);
}

function lockText(path: string, holder: number | null): string {
  const file = path === '' ? l10n.t('a file') : visibleLine(path);
  return holder === null
    ? l10n.t('it waits for a lock of {0}', file)
    : l10n.t('it waits for a lock of {0}, which process {1} holds', file, holder);
}
