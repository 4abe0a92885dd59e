import * as z from 'zod';
import { quantity, rate } from '../../fields';
import { PROCESS_STATES } from '../../processes/schema';

export const thread = z.object({
  tid: z.int().positive(),
  name: z.string(),
  state: z.enum(PROCESS_STATES),
  waitChannel: z.string().nullable().describe('Function of the kernel in which it sleeps.'),
  userMs: z.number().nonnegative(),
  systemMs: z.number().nonnegative(),
  cpuPercent: rate('Percent of one CPU since the reading before.'),
  cpu: z.int().nonnegative().nullable().describe('The CPU it last ran on.'),
  nice: z.int(),
  realtimePriority: z.int().nullable().describe('0 without a real-time policy.'),
  startTicks: z.number().nonnegative(),
  startedAtMs: quantity('Milliseconds since 1970 UTC.'),
});
export type Thread = z.infer<typeof thread>;

export const threads = z.object({
  total: z.int().nonnegative(),
  list: z.array(thread).describe('The busiest 2,000 by CPU time, in the order of their numbers.'),
});
export type Threads = z.infer<typeof threads>;
