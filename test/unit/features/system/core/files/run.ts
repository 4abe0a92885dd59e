import * as assert from 'node:assert/strict';
import type { Machine } from '../../../../../../src/machine/machine';
import type { Tool } from '../../../../../../src/tool/tool';
import { NO_RECORDINGS, NO_SECRETS, QUIET_LOG } from '../../../../../support/toolRuntime';

/** All results of a tool that nobody watches, checked by its own schema. */
export async function resultsOf<Input, Result>(
  tool: Tool<Input, Result>,
  input: Input,
  machine: Machine,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const context = {
    machine,
    signal,
    live: false,
    progress: () => undefined,
    log: QUIET_LOG,
    secrets: NO_SECRETS,
    recordings: NO_RECORDINGS,
  };
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
