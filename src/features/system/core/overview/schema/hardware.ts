import * as z from 'zod';
import { percent, quantity } from '../../fields';

export const temperature = z.object({
  id: z.string(),
  chip: z.string(),
  label: z.string(),
  celsius: z.number(),
  highCelsius: z.number().nullable().describe('Limit named by the chip.'),
  criticalCelsius: z.number().nullable().describe('Limit named by the chip.'),
});

export const fan = z.object({
  id: z.string(),
  chip: z.string(),
  label: z.string(),
  rpm: z.number().nonnegative().describe('Revolutions per minute.'),
});

export const battery = z.object({
  name: z.string(),
  model: z.string().nullable(),
  chargePercent: percent('What is left.'),
  state: z.enum(['charging', 'discharging', 'full', 'not charging', 'unknown']),
  secondsLeft: quantity('Until it is empty at the present draw; null while it is not discharging.'),
  powerWatts: quantity('Present draw or charge.'),
  healthPercent: percent('What it can hold, of what it could when new.'),
  cycles: quantity('Charge cycles.'),
  peripheral: z.boolean().describe("A mouse's or headset's, not the machine's own."),
});

export const user = z.object({
  user: z.string(),
  terminal: z.string(),
  host: z.string().nullable().describe('Where from; null for a login at the machine itself.'),
  sinceMs: quantity('Milliseconds since 1970 UTC.'),
  pid: z.int().nullable(),
});

export const users = z
  .object({
    list: z.array(user).readonly(),
    unavailable: z.string().nullable().describe('Why it is not known who is logged in; null when it is, or not yet.'),
  })
  .describe('Logins.');

export const sensors = z.object({
  temperatures: z.array(temperature).readonly(),
  fans: z.array(fan).readonly(),
  batteries: z.array(battery).readonly(),
  mainsOnline: z.boolean().nullable().describe('A mains adapter is plugged in; null where there is none to ask.'),
});

export type Sensors = z.infer<typeof sensors>;
export type Users = z.infer<typeof users>;
