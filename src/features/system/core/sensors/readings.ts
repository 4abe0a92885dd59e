import { isFailure, type FileTexts } from '../../../../machine/machine';
import { parseCpuinfo } from '../kernel/cpuinfo';
import {
  boostAllowed,
  cpuFrequencies,
  cpuThrottling,
  energyCountersOf,
  isVirtual,
  type CpuThrottling,
  type EnergyCounter,
} from '../kernel/cpuinfoDetail';
import { suppliesOf } from '../kernel/powerSupply';
import { channelsOf, coolingDevicesOf, thermalZonesOf, type Channel } from '../kernel/sensorsDetail';
import { roundedTo } from '../kernel/numbers';
import { singleValue } from '../kernel/text';
import type { SensorFan, SensorGauge, SensorProcessor, SensorsResult, SensorTemperature } from './schema';

/** One look, before it is compared with an earlier one. */
export interface SensorReading {
  readonly monotonicMs: number;
  readonly energy: ReadonlyMap<string, EnergyCounter>;
  readonly throttling: ReadonlyMap<number, CpuThrottling>;
}

export type SensorValues = Omit<SensorsResult, 'machine' | 'takenAtMs' | 'findings' | 'history'>;

/** What the files say, with rates where there is an earlier reading. */
export function sensorValues(
  texts: FileTexts,
  monotonicMs: number,
  earlier: SensorReading | null,
): { readonly values: SensorValues; readonly reading: SensorReading } {
  const channels = channelsOf(texts);
  const counters = energyCountersOf(texts);
  const throttling = cpuThrottling(texts);
  const cpuinfo = textOf(texts, '/proc/cpuinfo');
  const frequencies = cpuFrequencies(texts, parseCpuinfo(cpuinfo)?.frequencyHertz ?? new Map<number, number>());
  const reading = { monotonicMs, energy: new Map(counters.map((one) => [one.id, one])), throttling };
  const seconds = earlier === null ? null : (monotonicMs - earlier.monotonicMs) / 1000;
  const values: SensorValues = {
    hostName: singleValue(texts.get('/proc/sys/kernel/hostname')),
    virtual: isVirtual(cpuinfo),
    temperatures: channels.filter(({ kind }) => kind === 'temp').map(temperatureOf),
    fans: channels.filter(({ kind }) => kind === 'fan').map(fanOf),
    gauges: channels.flatMap(gaugeOf),
    zones: thermalZonesOf(texts).map((zone) => ({ ...zone, trips: [...zone.trips] })),
    cooling: [...coolingDevicesOf(texts)],
    supplies: [...suppliesOf(texts)],
    processors: frequencies.map((one): SensorProcessor => {
      const throttled = throttling.get(one.id) ?? null;
      return { ...one, throttled, throttledNow: throttledSince(throttled, earlier?.throttling.get(one.id)) };
    }),
    boost: boostAllowed(texts),
    domains: counters.map((one) => ({
      id: one.id,
      name: one.name,
      joules: one.joules,
      watts: wattsOf(one, earlier?.energy.get(one.id), seconds),
    })),
    denied: deniedFiles(texts),
  };
  return { values, reading };
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

function common({
  id,
  chip,
  device,
  label,
  alarms,
  fault,
}: Channel): Pick<SensorTemperature, 'id' | 'chip' | 'device' | 'label' | 'alarms' | 'fault'> {
  return { id, chip, device, label, alarms: [...alarms], fault };
}

function temperatureOf(one: Channel): SensorTemperature {
  const { min, max, crit, emergency } = one.limits;
  const limits = { minCelsius: min, highCelsius: max, criticalCelsius: crit, emergencyCelsius: emergency };
  return { ...common(one), celsius: one.value, ...limits };
}

function fanOf(one: Channel): SensorFan {
  return { ...common(one), rpm: one.value, minRpm: one.limits.min, maxRpm: one.limits.max };
}

const GAUGES = {
  in: { kind: 'voltage', unit: 'V' },
  curr: { kind: 'current', unit: 'A' },
  power: { kind: 'power', unit: 'W' },
  energy: { kind: 'energy', unit: 'J' },
  humidity: { kind: 'humidity', unit: '%' },
  intrusion: { kind: 'intrusion', unit: null },
} as const;

function gaugeOf(one: Channel): readonly SensorGauge[] {
  if (one.kind === 'temp' || one.kind === 'fan') return [];
  const { min, max, crit } = one.limits;
  return [{ ...common(one), ...GAUGES[one.kind], value: one.value, min, max, critical: crit }];
}

function throttledSince(now: CpuThrottling | null, before: CpuThrottling | undefined): boolean | null {
  if (now === null || before === undefined) return null;
  return now.coreCount > before.coreCount || now.packageCount > before.packageCount;
}

/** A counter that stepped back began anew at its range. */
function wattsOf(now: EnergyCounter, before: EnergyCounter | undefined, seconds: number | null): number | null {
  if (before === undefined || seconds === null || seconds <= 0) return null;
  const wrapped = now.joules < before.joules ? now.wrapsAtJoules : 0;
  if (wrapped === null) return null;
  const joules = now.joules - before.joules + wrapped;
  return joules < 0 ? null : roundedTo(joules / seconds, 2);
}

function deniedFiles(texts: FileTexts): string[] {
  const denied: string[] = [];
  for (const [path, content] of texts) if (isFailure(content) && content.code === 'denied') denied.push(path);
  return denied;
}
