import * as z from 'zod';

/** Each of the two outputs; the screen keeps a little less. */
const MAX_OUTPUT_LENGTH = 1_048_576;

export const runResult = z.object({
  machine: z.string(),
  command: z.array(z.string()).describe('The program and its arguments; for a script its interpreter.'),
  script: z.string().nullable().describe('The beginning of the script; null for a command.'),
  cwd: z.string().nullable().describe('Where it ran, where one was given.'),
  become: z.enum(['none', 'sudo', 'su', 'doas']),
  becomeUser: z.string().nullable().describe('The user that it became; null for none.'),
  terminal: z.boolean().describe('Output and errors are one then, in stdout.'),
  timeoutSeconds: z.number().nullable(),
  state: z.enum(['running', 'ended', 'timed-out', 'cancelled']),
  startedMs: z.number().describe('Milliseconds since 1970 UTC.'),
  elapsedMs: z.number(),
  exitCode: z.number().nullable().describe('null while it runs, and when a signal ended it.'),
  signal: z.string().nullable().describe('Which one ended it, without SIG.'),
  stdout: z
    .string()
    .max(MAX_OUTPUT_LENGTH)
    .describe('Text and SGR sequences; of long output the first 64 Ki and the last 192 Ki characters.'),
  stderr: z.string().max(MAX_OUTPUT_LENGTH),
  stdoutBytes: z.number().describe('All that it wrote, also what is left out here.'),
  stderrBytes: z.number(),
  lines: z.number().describe('Line breaks in both.'),
});
export type RunResult = z.infer<typeof runResult>;
