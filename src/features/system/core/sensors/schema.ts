import * as z from 'zod';
import { quantity, rate } from '../fields';
import { battery } from '../overview/schema/hardware';

const channel = {
  id: z.string().describe('Chip folder and channel, such as hwmon2/temp1.'),
  chip: z.string().describe('Name of the chip, such as coretemp.'),
  device: z.string().nullable().describe('Model of what it sits on, such as a disk.'),
  label: z.string(),
  alarms: z.array(z.string()).describe("The chip's own alarms that are on, such as max_alarm."),
  fault: z.boolean().describe('The sensor itself is broken or not connected.'),
};

const limit = z.number().nullable();

const temperature = z.object({
  ...channel,
  celsius: z.number().nullable(),
  minCelsius: limit.describe('Too cold below.'),
  highCelsius: limit.describe('Too warm above, as the chip names it.'),
  criticalCelsius: limit.describe('Damage or a shutdown threatens above.'),
  emergencyCelsius: limit.describe('The hardware switches itself off above.'),
});
export type SensorTemperature = z.infer<typeof temperature>;

const fan = z.object({ ...channel, rpm: quantity('Revolutions per minute.'), minRpm: limit, maxRpm: limit });
export type SensorFan = z.infer<typeof fan>;

const gauge = z.object({
  ...channel,
  kind: z.enum(['voltage', 'current', 'power', 'energy', 'humidity', 'intrusion']),
  value: z.number().nullable().describe('In the unit; null for an intrusion contact, which has an alarm only.'),
  unit: z.enum(['V', 'A', 'W', 'J', '%']).nullable(),
  min: limit,
  max: limit,
  critical: limit,
});
export type SensorGauge = z.infer<typeof gauge>;

const zone = z.object({
  name: z.string(),
  type: z.string(),
  celsius: z.number().nullable(),
  policy: z.string().nullable(),
  enabled: z.boolean().nullable(),
  trips: z.array(z.object({ type: z.string(), celsius: z.number() })).describe('active, passive, hot, critical …'),
});

const cooling = z.object({
  name: z.string(),
  type: z.string(),
  state: z.number().describe('0: not at work.'),
  maxState: z.number(),
});

const supply = z.object({
  name: z.string(),
  type: z.string().describe('Battery, Mains, USB, UPS …'),
  online: z.boolean().nullable().describe('Delivers power; null for batteries.'),
  manufacturer: z.string().nullable(),
  technology: z.string().nullable(),
  volts: z.number().nullable(),
  secondsToFull: quantity('At the present charge; null while it is not charging.'),
  battery: battery.nullable(),
});
export type SensorSupply = z.infer<typeof supply>;

const processor = z.object({
  id: z.int().nonnegative(),
  hertz: quantity('Now.'),
  minHertz: quantity('What the hardware can do.'),
  maxHertz: quantity('What the hardware can do.'),
  allowedMaxHertz: quantity('What the policy allows now.'),
  governor: z.string().nullable(),
  driver: z.string().nullable(),
  preference: z.string().nullable().describe('Energy or performance, such as balance_performance.'),
  throttled: z
    .object({
      coreCount: z.number(),
      packageCount: z.number(),
      coreMs: z.number().nullable(),
      packageMs: z.number().nullable(),
    })
    .nullable()
    .describe('How often and how long it was slowed down because it was hot, since boot.'),
  throttledNow: z.boolean().nullable().describe('Since the reading before; null in the first.'),
});
export type SensorProcessor = z.infer<typeof processor>;

const domain = z.object({
  id: z.string(),
  name: z.string().describe('package-0, core, dram …'),
  joules: z.number().describe('Energy taken, a counter.'),
  watts: rate('Since the reading before; null in the first.'),
});

export const FINDING_KINDS = [
  'critical',
  'high',
  'cold',
  'alarm',
  'fault',
  'throttled',
  'batteryLow',
  'intrusion',
] as const;

const finding = z.object({
  kind: z.enum(FINDING_KINDS),
  severity: z.enum(['warning', 'error']),
  id: z.string().describe('Of the sensor, processor or battery.'),
  subject: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
export type SensorFinding = z.infer<typeof finding>;

export const sensorsResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  hostName: z.string().nullable(),
  virtual: z.boolean().nullable().describe('Whether this is a virtual machine; null where that is not known.'),
  temperatures: z.array(temperature),
  fans: z.array(fan),
  gauges: z.array(gauge).describe('Voltages, currents, power, energy, humidity, intrusion contacts.'),
  zones: z.array(zone),
  cooling: z.array(cooling),
  supplies: z.array(supply),
  processors: z.array(processor),
  boost: z.boolean().nullable().describe('May go beyond the nominal frequency; null where that is not known.'),
  domains: z.array(domain).describe('Energy of packages, cores and memory (RAPL).'),
  denied: z.array(z.string()).describe('What only root may read.'),
  findings: z.array(finding).describe('What is wrong, the most serious first.'),
  history: z.object({
    timesMs: z.array(z.number()),
    lines: z.array(z.object({ id: z.string(), label: z.string(), celsius: z.array(z.number().nullable()) })),
  }),
});
export type SensorsResult = z.infer<typeof sensorsResult>;
