import * as z from 'zod';
import { quantity, rate } from '../../fields';
import { PROCESS_STATES } from '../../processes/schema';

/** A parent or child, as much of it as a row tells. */
export const relative = z.object({
  pid: z.int().positive(),
  parentPid: z.int().nonnegative(),
  name: z.string(),
  state: z.enum(PROCESS_STATES),
  user: z.string().nullable(),
  startTicks: z.number().nonnegative(),
  startedAtMs: quantity('Milliseconds since 1970 UTC.'),
  cpuPercent: rate('Percent of one CPU since the reading before.'),
  residentBytes: quantity('Resident memory.'),
  threads: z.int().nonnegative(),
});
export type Relative = z.infer<typeof relative>;

export const relatives = z.object({
  parents: z.array(relative).describe('From the parent up to pid 1.'),
  children: z.array(relative).describe('And theirs; every one after its parent, at most 2,000.'),
  childrenTotal: z.int().nonnegative(),
});
export type Relatives = z.infer<typeof relatives>;
