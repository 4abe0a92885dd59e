import type { ChangeTool, Tool } from '../../tool/tool';
import { carryOut, planForget, planHash, planRestore, restore } from './core/knownHosts/edit';
import {
  forgetHostInput,
  hashKnownHostsInput,
  knownHostsInput,
  restoreKnownHostsInput,
  type ForgetHostInput,
  type HashKnownHostsInput,
  type KnownHostsInput,
  type RestoreKnownHostsInput,
} from './core/knownHosts/inputs';
import { listKnownHosts } from './core/knownHosts/list';
import { hostEditResult, knownHostsResult, type HostEditResult, type KnownHostsResult } from './core/knownHosts/schema';
import { knownHostsReport } from './report/knownHosts';
import { editText, forgetQuestion, hashQuestion, hostEditReport, restoreQuestion } from './report/knownHostsEdits';

export const knownHostsTool: Tool<KnownHostsInput, KnownHostsResult> = {
  input: knownHostsInput,
  result: knownHostsResult,
  async *run(input, { machine, signal }) {
    yield await listKnownHosts(input, machine, signal);
  },
  report: knownHostsReport,
};

export const forgetHostTool: ChangeTool<ForgetHostInput, HostEditResult> = {
  input: forgetHostInput,
  result: hostEditResult,
  async plan(input, { machine, signal }) {
    const edit = await planForget(input, machine, signal);
    const { path: file, digest } = edit.file;
    return { ...forgetQuestion(edit, machine.name), input: { ...input, file, digest } };
  },
  async *run(input, { machine, signal }) {
    yield await carryOut('forget', await planForget(input, machine, signal), machine, signal);
  },
  changes: changesOf,
  report: hostEditReport,
};

export const hashKnownHostsTool: ChangeTool<HashKnownHostsInput, HostEditResult> = {
  input: hashKnownHostsInput,
  result: hostEditResult,
  async plan(input, { machine, signal }) {
    const edit = await planHash(input, machine, signal);
    return { ...hashQuestion(edit, machine.name), input: { file: edit.file.path, digest: edit.file.digest } };
  },
  async *run(input, { machine, signal }) {
    yield await carryOut('hash', await planHash(input, machine, signal), machine, signal);
  },
  changes: changesOf,
  report: hostEditReport,
};

/** Takes back what the other two have done. */
export const restoreKnownHostsTool: ChangeTool<RestoreKnownHostsInput, HostEditResult> = {
  input: restoreKnownHostsInput,
  result: hostEditResult,
  async plan(input, { machine, signal }) {
    const { lineCount } = await planRestore(input, machine, signal);
    return { ...restoreQuestion(input.file, input.backup, lineCount, machine.name), input };
  },
  async *run(input, { machine, signal }) {
    yield await restore(input, machine, signal);
  },
  changes: changesOf,
  report: hostEditReport,
};

function changesOf(result: HostEditResult) {
  const { action, file, backup, digest } = result;
  const undo = action === 'restore' ? null : { tool: 'ssh.restoreKnownHosts', input: { file, backup, digest } };
  return [{ what: editText(result), undo }];
}
