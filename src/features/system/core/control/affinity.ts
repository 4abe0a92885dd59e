import * as l10n from '@vscode/l10n';
import type { Machine } from '../../../../machine/machine';
import { parseCpuList } from '../kernel/cpuList';
import { attemptOf, type Control } from './act';
import { isAllCpus, withoutBlanks } from './inputs';
import { runProgram } from './program';
import type { ControlResult } from './schema';
import { setValue } from './setValue';
import { statusValue, textOf, type Scene } from './subject';

export interface AffinityOrder {
  /** A list, or 'all'. */
  readonly cpus: string;
  readonly threads: boolean;
}

const PRESENT = '/sys/devices/system/cpu/present';

/** sched_setaffinity(2) by taskset(1). The kernel leaves out what the machine or the cpuset has not. */
export async function setAffinity(control: Control, scene: Scene, order: AffinityOrder): Promise<ControlResult> {
  const { machine, signal } = control;
  const cpus = await listOf(machine, order.cpus, signal);
  const parts = { action: 'affinity', scope: order.threads ? 'threads' : 'process', asked: cpus } as const;
  return setValue(control, scene, parts, async ({ pid }) => {
    const before = await readAffinity(machine, pid, signal);
    const options = order.threads ? ['-a', '-c', '-p'] : ['-c', '-p'];
    await runProgram(machine, ['taskset', ...options, cpus, String(pid)], signal);
    const after = await readAffinity(machine, pid, signal);
    const notes = [
      cutText(cpus, after.own, isAllCpus(order.cpus)),
      order.threads && before.differ
        ? l10n.t('Its threads had different CPUs; the first one’s are kept for undo.')
        : null,
      order.threads && after.differ ? l10n.t('Some of its threads still have other CPUs.') : null,
    ];
    const message = notes.filter((note) => note !== null).join(' ');
    return { ...attemptOf('done', message === '' ? null : message), before: before.own, after: after.own };
  });
}

/** The CPUs of the first thread, and whether the others have the same. */
async function readAffinity(
  machine: Machine,
  pid: number,
  signal: AbortSignal,
): Promise<{ readonly own: string | null; readonly differ: boolean }> {
  const own = `/proc/${pid}/status`;
  const texts = await machine.files.readMany([own, `/proc/${pid}/task/[0-9]*/status`], { signal, encoding: 'bytes' });
  const lists = [...texts.keys()].map((path) => statusValue(textOf(texts, path), 'Cpus_allowed_list'));
  return {
    own: statusValue(textOf(texts, own), 'Cpus_allowed_list'),
    differ: new Set(lists.filter((list) => list !== null)).size > 1,
  };
}

/** 'all' is every CPU of the machine, also one that is offline now. */
async function listOf(machine: Machine, cpus: string, signal: AbortSignal): Promise<string> {
  if (!isAllCpus(cpus)) return withoutBlanks(cpus);
  const present = textOf(await machine.files.readMany([PRESENT], { signal }), PRESENT).trim();
  return present === '' ? '0-1023' : present;
}

function cutText(asked: string, after: string | null, all: boolean): string | null {
  if (after === null || all) return null;
  const wanted = parseCpuList(asked) ?? [];
  const got = new Set(parseCpuList(after) ?? []);
  return wanted.every((cpu) => got.has(cpu))
    ? null
    : l10n.t('It got {0} of {1}: the machine or its cpuset has no more.', after, asked);
}
