import * as assert from 'node:assert/strict';
import type { Machine } from '../../../../../../src/machine/machine';
import type { Tool } from '../../../../../../src/tool/tool';
import { runContextOf } from '../../../../../support/runContext';

/** All results of a tool that nobody watches, checked by its own schema. */
export async function resultsOf<Input, Result>(
  tool: Tool<Input, Result>,
  input: Input,
  machine: Machine,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const context = runContextOf(machine, { signal });
  for await (const result of tool.run(tool.input.parse(input), context)) results.push(tool.result.parse(result));
  return results;
}

export async function lastOf<Input, Result>(
  tool: Tool<Input, Result>,
  input: Input,
  machine: Machine,
): Promise<Result> {
  return (await resultsOf(tool, input, machine)).at(-1) ?? assert.fail('no result');
}
