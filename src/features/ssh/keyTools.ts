import type { ChangeTool, RunContext, Tool } from '../../tool/tool';
import {
  carryOutAuthorization,
  digestBefore,
  planInstall,
  planRemove,
  type Authorization,
} from './core/keys/authorize';
import { freeKeyFile, generateKey } from './core/keys/generate';
import {
  generateKeyInput,
  installKeyInput,
  keysInput,
  removeKeyInput,
  type GenerateKeyInput,
  type InstallKeyInput,
  type KeysInput,
  type RemoveKeyInput,
} from './core/keys/inputs';
import { listKeys } from './core/keys/list';
import {
  authorizeResult,
  generateResult,
  keysResult,
  type AuthorizeResult,
  type GenerateResult,
  type KeysResult,
} from './core/keys/schema';
import { keysReport } from './report/keys';
import {
  authorizeQuestion,
  authorizeReport,
  authorizeText,
  generateQuestion,
  generateReport,
  generateText,
} from './report/keysChanges';

export const keysTool: Tool<KeysInput, KeysResult> = {
  input: keysInput,
  result: keysResult,
  async *run(_input, { machine, signal }) {
    yield await listKeys(machine, Date.now(), signal);
  },
  report: keysReport,
};

export const generateKeyTool: ChangeTool<GenerateKeyInput, GenerateResult> = {
  input: generateKeyInput,
  result: generateResult,
  async plan(input, { machine, signal }) {
    const { file } = await freeKeyFile(input, machine, signal);
    return { ...generateQuestion(input, file, machine.name), input };
  },
  async *run(input, { machine, signal }) {
    yield await generateKey(input, machine, signal);
  },
  changes: (result) => [{ what: generateText(result), undo: null }],
  report: generateReport,
};

export const installKeyTool: ChangeTool<InstallKeyInput, AuthorizeResult> = {
  input: installKeyInput,
  result: authorizeResult,
  async plan(input, context) {
    const plan = await installation(input, context);
    // The text instead of the file: what was shown is what is installed.
    return { ...question(plan, context), input: { key: plan.line, file: plan.file.path, digest: digestBefore(plan) } };
  },
  async *run(input, context) {
    yield await carryOutAuthorization(await installation(input, context), context.machine, context.signal);
  },
  changes: changesOf,
  report: authorizeReport,
};

export const removeKeyTool: ChangeTool<RemoveKeyInput, AuthorizeResult> = {
  input: removeKeyInput,
  result: authorizeResult,
  async plan(input, context) {
    const plan = await planRemove(input, context.machine, context.signal);
    const { line, file } = plan;
    return { ...question(plan, context), input: { line, file: file.path, digest: digestBefore(plan) } };
  },
  async *run(input, { machine, signal }) {
    yield await carryOutAuthorization(await planRemove(input, machine, signal), machine, signal);
  },
  changes: changesOf,
  report: authorizeReport,
};

function installation(input: InstallKeyInput, { machine, machines, signal }: RunContext): Promise<Authorization> {
  return planInstall(input, machine, machines, signal);
}

function question(plan: Authorization, { machine }: RunContext) {
  return authorizeQuestion(plan, machine.name);
}

/** The line is taken away or put back as it was; what stood around it meanwhile stays. */
function changesOf(result: AuthorizeResult) {
  const { action, outcome, file, line } = result;
  if (outcome !== 'done') return [];
  const undo =
    action === 'install'
      ? { tool: 'ssh.removeKey', input: { line, file } }
      : { tool: 'ssh.installKey', input: { key: line, file } };
  return [{ what: authorizeText(result), undo }];
}
