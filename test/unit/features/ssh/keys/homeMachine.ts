import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Machine } from '../../../../../src/machine/machine';
import type { Machines } from '../../../../../src/machine/machines';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { RunContext } from '../../../../../src/tool/tool';
import type { ChangeTool, Tool } from '../../../../../src/tool/tool';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { temporaryFolder } from '../../../machine/ssh/keys/keygen';

/** This machine with another home folder, so that nobody's own keys are touched. */
export interface Home {
  readonly folder: string;
  readonly ssh: string;
  readonly context: RunContext;
  file(name: string): string;
  write(name: string, content: string, mode?: number): string;
  read(name: string): string;
  end(): Promise<void>;
}

export function makeHome(exec?: Machine['exec']): Home {
  const folder = temporaryFolder();
  fs.chmodSync(folder, 0o700);
  const ssh = path.join(folder, '.ssh');
  const local = createLocalMachine();
  const machine = withHome(local, folder, exec);
  const machines: Machines = { ...NO_MACHINES, open: () => Promise.resolve(machine) };
  const file = (name: string): string => path.join(ssh, name);
  return {
    folder,
    ssh,
    context: runContextOf(machine, { machines }),
    file,
    write: (name, content, mode = 0o600) => {
      fs.mkdirSync(ssh, { recursive: true, mode: 0o700 });
      fs.writeFileSync(file(name), content, { mode });
      return file(name);
    },
    read: (name) => fs.readFileSync(file(name), 'latin1'),
    end: async () => {
      await local.dispose();
      fs.rmSync(folder, { recursive: true });
    },
  };
}

function withHome(local: LocalMachine, home: string, exec: Machine['exec'] = local.exec): Machine {
  const resolve: Machine['files']['resolve'] = (wanted, signal) =>
    local.files.resolve(wanted === '' ? home : wanted, signal);
  return { ...local, exec, files: { ...local.files, resolve } };
}

/** The one result, checked by the tool's own schema. */
export async function resultOf<Input, Result>(
  tool: Tool<Input, Result>,
  input: Input,
  context: RunContext,
): Promise<Result> {
  const results: Result[] = [];
  for await (const result of tool.run(tool.input.parse(input), context)) results.push(result);
  const [result] = results;
  if (result === undefined || results.length > 1) throw new Error(`${results.length} results`);
  return tool.result.parse(JSON.parse(JSON.stringify(result)));
}

/** As a surface does it: plan, then run with what was planned. */
export async function carryOut<Input, Result>(
  tool: ChangeTool<Input, Result>,
  input: Input,
  context: RunContext,
): Promise<Result> {
  const plan = await tool.plan(tool.input.parse(input), context);
  return resultOf(tool, plan.input, context);
}
