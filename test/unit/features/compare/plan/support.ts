import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SyncResult } from '../../../../../src/features/compare/core/plan/schema';
import { undoTool } from '../../../../../src/features/compare/syncTools';
import { checkInput } from '../../../../../src/tool/fields';
import type { AnyChangeTool, AnyTool, RunContext } from '../../../../../src/tool/tool';

/** Plans and carries out, as a person does who says yes. */
export async function change<Result = SyncResult>(
  tool: AnyChangeTool,
  input: Readonly<Record<string, unknown>>,
  context: RunContext,
  between: () => void = () => undefined,
): Promise<Result> {
  const plan = await tool.plan(accepted(tool, input), context);
  between();
  return run(tool, plan.input, context);
}

/** The last result, as its schema has it. */
export async function run<Result>(tool: AnyTool, input: unknown, context: RunContext): Promise<Result> {
  let last: unknown;
  for await (const result of tool.run(accepted(tool, input), context)) last = result;
  return tool.result.parse(JSON.parse(JSON.stringify(last))) as Result;
}

export function undo({ backup }: SyncResult, context: RunContext): Promise<SyncResult> {
  return change(undoTool, { backup: backup?.id }, context);
}

function accepted(tool: AnyTool, input: unknown): unknown {
  const checked = checkInput(tool, input);
  if (checked.kind === 'refused') throw new Error(checked.reason);
  return checked.input;
}

/** All that is in a folder: kind, permissions, time, content, by path. `precision`: of times, in milliseconds. */
export function snapshot(root: string, { precision = 0.01 } = {}): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = (relative: string): void => {
    const file = path.join(root, relative);
    const stat = fs.lstatSync(file);
    const time = Math.floor(stat.mtimeMs / precision);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) found[relative] = `link ${fs.readlinkSync(file)}`;
    else if (stat.isDirectory()) {
      found[`${relative}/`] = `folder ${mode} ${time}`;
      for (const name of fs.readdirSync(file)) look(path.join(relative, name));
    } else found[relative] = `file ${mode} ${time} ${fs.readFileSync(file, 'latin1')}`;
  };
  look('');
  return found;
}

/** Without the times of folders, which change with what is in them. */
export function withoutFolderTimes(snapped: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(snapped).map(([name, text]) => [name, text.replace(/^(folder \d+) .*/, '$1')]),
  );
}
