import { ExpectedError, throwIfCancelled } from '../lib/errors';
import { checkInput } from './fields';
import type { AnyTool, RunContext } from './tool';

/**
 * Runs a tool with an input from outside. Throws ExpectedError('invalid-input') before anything is done, and
 * CancelledError once the signal has fired; what the tool tells of what it had found or done by then comes before. Ending
 * the iteration early ends the tool.
 */
export async function* runTool(tool: AnyTool, input: unknown, context: RunContext): AsyncGenerator {
  const checked = checkInput(tool, input);
  if (checked.kind === 'refused') throw new ExpectedError('invalid-input', checked.reason);
  throwIfCancelled(context.signal);
  let isLast = false;
  for await (const result of tool.run(checked.input, context)) {
    yield result;
    // Who holds a result while it is cancelled is given one more: how far it had come.
    if (isLast) throwIfCancelled(context.signal);
    isLast = context.signal.aborted;
  }
  throwIfCancelled(context.signal);
}
