import * as z from 'zod';

export const CONTROL_ACTIONS = [
  'signal',
  'terminate',
  'suspend',
  'resume',
  'nice',
  'ionice',
  'affinity',
  'limit',
] as const;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];

/** What an action is done to. `threads`: each thread of the process, where the kernel keeps a value a thread. */
export const SCOPES = ['process', 'threads', 'group', 'tree'] as const;
export type Scope = (typeof SCOPES)[number];

export const OUTCOMES = ['done', 'ended', 'killed', 'waiting', 'refused', 'denied', 'missing', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const controlRow = z.object({
  pid: z.int().positive(),
  startTicks: z.number().nonnegative().describe('Clock ticks since boot; with the pid it tells the process for good.'),
  name: z.string(),
  user: z.string().describe('Name of the real user; the number where it has none.'),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'done: the change was made. ended: it ended by itself or by the signal. killed: SIGKILL ended it. waiting: it was ' +
        'told to end and is still there. refused: not done, to be safe. denied: it needs other rights. missing: it ' +
        'had ended before. failed: see message.',
    ),
  message: z.string().nullable().describe('More about the outcome, for a person.'),
  before: z.string().nullable().describe('The value before: state, nice, I/O class, CPUs, or soft:hard.'),
  after: z.string().nullable().describe('The value read back from the kernel afterwards; null when it has ended.'),
});
export type ControlRow = z.infer<typeof controlRow>;

export const controlResult = z.object({
  machine: z.string(),
  takenAtMs: z.number().describe('When it was read back, milliseconds since 1970 UTC.'),
  elapsedMs: z.number().nonnegative(),
  action: z.enum(CONTROL_ACTIONS),
  scope: z.enum(SCOPES),
  asked: z
    .string()
    .describe('The signal, or the value in the form of before and after; an empty side of a limit is kept.'),
  resource: z.string().nullable().describe('Of a limit: its name as for prlimit(1).'),
  pid: z.int().positive().describe('The process that was named; it is the first of `processes`.'),
  cancelled: z
    .boolean()
    .describe('The user cancelled before the end: what is in `processes` was done, the rest was not.'),
  processes: z.array(controlRow),
});
export type ControlResult = z.infer<typeof controlResult>;
