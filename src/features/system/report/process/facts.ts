import * as l10n from '@vscode/l10n';
import type { Cell, Fact, FactsBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessPart, ProcessResult } from '../../core/process/schema/process';
import type { Words } from '../words';
import { known, severityOf } from './parts';
import { commandText, stateText } from '../processWords';
import { line } from '../words';

/** What somebody who opens a process wants to know first. */
export function mainFacts(result: ProcessResult, words: Words, parentAction: number | null): FactsBlock {
  const { process, ageSeconds } = result;
  return {
    kind: 'facts',
    items: known([
      { label: l10n.t('Command'), value: line(commandText(process.commandLine)), code: true },
      executableFact(result),
      stateFact(result),
      userFact(result),
      { label: l10n.t('Started'), value: process.startedAtMs, unit: 'time' },
      { label: l10n.t('Age'), value: ageSeconds === null ? null : Math.floor(ageSeconds), unit: 'seconds' },
      cpuFact(result),
      memoryFact(result, words),
      ioFact(result, words),
      filesFact(result, words),
      parentFact(result, parentAction),
      { label: l10n.t('Working folder'), value: folderText(result), code: true, ...deniedFact(result, 'folders') },
      rootFact(result),
      { label: l10n.t('Terminal'), value: process.terminal },
      { label: l10n.t('Service'), value: line(process.unit), ...noteOf(process.controlGroup) },
      { label: l10n.t('Container'), value: line(process.container), code: true },
    ]),
  };
}

function executableFact(result: ProcessResult): Fact {
  const { process, findings } = result;
  const path = line(process.executable);
  const replaced = findings.some((one) => one.kind === 'executableReplaced');
  return {
    label: l10n.t('Program file'),
    value: replaced && path !== null ? { text: path, status: 'info' } : path,
    code: true,
    ...deniedFact(result, 'executable'),
    ...(replaced ? { note: l10n.t('deleted or replaced after the start') } : {}),
  };
}

function stateFact(result: ProcessResult): Fact {
  const { process, scheduling } = result;
  const text = process.kernelThread
    ? l10n.t('{0} (kernel thread)', stateText(process.state))
    : stateText(process.state);
  const status = severityOf(result, ['zombie', 'diskSleep', 'stopped', 'traced']);
  return {
    label: l10n.t('State'),
    value: status === 'ok' ? text : { text, status },
    ...(scheduling.waitChannel === null ? {} : { note: l10n.t('in {0}', scheduling.waitChannel) }),
  };
}

function userFact({ process, effectiveUser }: ProcessResult): Fact {
  return {
    label: l10n.t('User'),
    value: visibleLine(process.user),
    ...(effectiveUser === null ? {} : { note: l10n.t('acts as {0}', visibleLine(effectiveUser)) }),
  };
}

function cpuFact({ process: { cpu }, threads }: ProcessResult): Fact {
  const total = ((cpu.userMs ?? 0) + (cpu.systemMs ?? 0)) / 1000;
  return {
    label: l10n.t('CPU'),
    value: cpu.percent,
    unit: 'percent',
    note:
      threads.total === 1
        ? l10n.t('of one CPU; {0} s used since the start, by 1 thread', total.toFixed(1))
        : l10n.t('of one CPU; {0} s used since the start, by {1} threads', total.toFixed(1), threads.total),
  };
}

function memoryFact(
  { process: { memory, kernelThread }, memory: detail }: ProcessResult,
  { bytes, percent }: Words,
): Fact {
  const parts = [
    memory.percent === null ? null : l10n.t('{0} of the machine', percent(memory.percent)),
    detail.uniqueBytes === null ? null : l10n.t('{0} of it for itself alone', bytes(detail.uniqueBytes)),
    memory.swapBytes === null || memory.swapBytes === 0 ? null : l10n.t('{0} in swap', bytes(memory.swapBytes)),
  ].filter((part) => part !== null);
  return {
    label: l10n.t('Memory'),
    value: kernelThread ? null : memory.residentBytes,
    unit: 'bytes',
    ...noteOf(parts.join(l10n.t(', '))),
  };
}

function ioFact(result: ProcessResult, { bytes }: Words): Fact {
  const { io } = result.process;
  if (io === null) return { label: l10n.t('Storage'), value: null, ...deniedFact(result, 'io') };
  const { readBytesPerSecond: read, writeBytesPerSecond: written } = io;
  const value =
    read === null || written === null ? null : l10n.t('{0}/s read, {1}/s written', bytes(read), bytes(written));
  const [all, allWritten] = [bytes(io.readBytes), bytes(io.writeBytes)];
  return {
    label: l10n.t('Storage'),
    value: value ?? l10n.t('{0} read, {1} written', all, allWritten),
    ...(value === null ? {} : { note: l10n.t('{0} read and {1} written since the start', all, allWritten) }),
  };
}

function filesFact(result: ProcessResult, { number, bytes }: Words): Fact {
  const { files, limits, process } = result;
  const label = l10n.t('Open files');
  if (files === null) return { label, value: null, ...deniedFact(result, 'files') };
  const limit = limits.find((one) => one.name === 'nofile')?.soft ?? null;
  const status = severityOf(result, ['limitNear'], 'nofile');
  const value: Cell = status === 'ok' ? files.total : { value: files.total, status };
  const parts = [
    limit === null ? null : l10n.t('of {0} that it may have', number(limit)),
    files.deleted === 0
      ? null
      : l10n.t('{0} deleted, which hold {1}', number(files.deleted), bytes(files.deletedBytes)),
  ].filter((part) => part !== null);
  return { label, value: process.kernelThread ? null : value, unit: 'number', ...noteOf(parts.join(l10n.t(', '))) };
}

function parentFact({ relatives, process }: ProcessResult, action: number | null): Fact {
  const [parent] = relatives.parents;
  const label = l10n.t('Parent');
  if (parent === undefined) return { label, value: process.parentPid === 0 ? null : String(process.parentPid) };
  const text = l10n.t('{0} (PID {1})', visibleLine(parent.name), parent.pid);
  return { label, value: action === null ? text : { text, action } };
}

function folderText({ process }: ProcessResult): string | null {
  if (process.workingFolder === null) return null;
  const path = visibleLine(process.workingFolder);
  return process.workingFolderDeleted ? l10n.t('{0} (deleted)', path) : path;
}

/** As a rule it is the one of the machine, which nobody needs to be told. */
function rootFact({ rootFolder }: ProcessResult): Fact {
  return { label: l10n.t('Root folder'), value: rootFolder === '/' ? null : line(rootFolder), code: true };
}

/** In the place of what only some may see; nothing where it may be seen. */
function deniedFact(result: ProcessResult, part: ProcessPart): Partial<Pick<Fact, 'value' | 'note' | 'code'>> {
  if (!result.missing.some((one) => one.part === part && one.reason === 'denied')) return {};
  const { user } = result.process;
  const note = user === 'root' ? l10n.t('by root only') : l10n.t('by root and {0} only', visibleLine(user));
  return { value: { text: l10n.t('may not be seen'), status: 'unknown' }, note, code: false };
}

function noteOf(note: string | null): { readonly note?: string } {
  return note === null || note === '' ? {} : { note };
}
