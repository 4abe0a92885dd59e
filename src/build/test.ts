import { parseArgs } from 'node:util';
import { runCommand, type CommandContext } from './command';
import { sayFailures } from './follow';
import { duration, paint, say, Trouble } from './terminal';
import { steps, type Step, type StepResult } from './testSteps';

/**
 * `npm test`: every step, or those that are named; the last line is for machines.
 * `npm test -- unit --grep netmask` runs the tests of a step whose titles hold a text.
 */
void runCommand(async (context) => {
  const { values, positionals } = wordsGiven();
  // Tests in the extension host find it in their environment too.
  if (values.grep !== undefined) process.env['OPSDECK_GREP'] = values.grep;
  const results: StepResult[] = [];
  for (const step of chosenSteps(positionals)) results.push(await runStep(context, step));
  const sum = (count: (result: StepResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  const failed = sum((result) => result.failed);
  sayFailures(results.flatMap((result) => result.failures));
  say(`\n${sum((result) => result.passed)} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

function wordsGiven(): { readonly values: { readonly grep?: string }; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    const names = steps.map((step) => step.name).join(', ');
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Trouble(`${reason}; npm test -- takes names of steps (${names}) and --grep TEXT.`);
  }
}

function chosenSteps(names: readonly string[]): readonly Step[] {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new Trouble(`There is no step "${unknown}"; there are ${steps.map((step) => step.name).join(', ')}.`);
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

/** A step that could not run, or that is no run of tests, counts as one failure when it fails. */
async function runStep(context: CommandContext, step: Step): Promise<StepResult> {
  const startedMs = Date.now();
  const end = (mark: string, text: string): void =>
    say(`${mark} ${paint('bold', step.name)}: ${text} (${duration(Date.now() - startedMs)})`);
  try {
    const result = await step.run(context);
    end(result.failed > 0 ? paint('red', '✗') : paint('green', '✓'), result.text);
    return result;
  } catch (error) {
    context.signal.throwIfAborted();
    say(
      error instanceof Trouble
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    end(paint('red', '✗'), 'failed');
    return { passed: 0, failed: 1, failures: [], text: 'failed' };
  }
}
