import type { SensorFinding, SensorTemperature } from './schema';
import type { SensorValues } from './readings';

/** From where on the charge of a battery that is being used up is worth a warning, or an error. */
const CHARGE = { warning: 15, error: 5 } as const;

/** The most serious first. */
export function sensorFindings(values: SensorValues): SensorFinding[] {
  const { temperatures, fans, gauges, processors, zones, supplies } = values;
  const findings = [
    ...temperatures.flatMap(temperatureFindings),
    ...(temperatures.length === 0 ? zones.flatMap(zoneFindings) : []),
    ...fans.flatMap((one) => alarmFindings(one, one.rpm, one.minRpm)),
    ...gauges.flatMap((one) => gaugeFindings(one)),
    ...throttleFindings(processors),
    ...supplies.flatMap(batteryFindings),
  ];
  return findings.sort((one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'));
}

function temperatureFindings(one: SensorTemperature): readonly SensorFinding[] {
  const { celsius, minCelsius, highCelsius, criticalCelsius, emergencyCelsius } = one;
  const about = { id: one.id, subject: nameOf(one), value: celsius };
  const critical = criticalCelsius ?? emergencyCelsius;
  // What a broken sensor says is not worth comparing.
  if (celsius === null || one.fault) return alarmFindings(one, celsius, null);
  if (critical !== null && celsius >= critical)
    return [{ ...about, kind: 'critical', severity: 'error', limit: critical }];
  if (highCelsius !== null && celsius >= highCelsius)
    return [{ ...about, kind: 'high', severity: 'warning', limit: highCelsius }];
  if (minCelsius !== null && celsius < minCelsius)
    return [{ ...about, kind: 'cold', severity: 'warning', limit: minCelsius }];
  return alarmFindings(one, celsius, null);
}

/** Zones mostly show what a chip shows too: they count where there is no chip. */
function zoneFindings({ name, type, celsius, trips }: SensorValues['zones'][number]): readonly SensorFinding[] {
  if (celsius === null) return [];
  const passed = trips.findLast((trip) => trip.celsius <= celsius && trip.type !== 'active');
  if (passed === undefined) return [];
  const critical = passed.type === 'critical' || passed.type === 'hot';
  const about = { id: name, subject: type, value: celsius, limit: passed.celsius };
  return [{ ...about, kind: critical ? 'critical' : 'high', severity: critical ? 'error' : 'warning' }];
}

interface Alarming {
  readonly id: string;
  readonly chip: string;
  readonly label: string;
  readonly alarms: readonly string[];
  readonly fault: boolean;
}

function alarmFindings(one: Alarming, value: number | null, limit: number | null): readonly SensorFinding[] {
  const about = { id: one.id, subject: nameOf(one), value, limit, severity: 'warning' } as const;
  if (one.fault) return [{ ...about, kind: 'fault' }];
  return one.alarms.length === 0 ? [] : [{ ...about, kind: 'alarm' }];
}

function gaugeFindings(one: SensorValues['gauges'][number]): readonly SensorFinding[] {
  if (one.kind !== 'intrusion') return alarmFindings(one, one.value, null);
  if (one.alarms.length === 0) return [];
  return [{ kind: 'intrusion', severity: 'warning', id: one.id, subject: nameOf(one), value: null, limit: null }];
}

function throttleFindings(processors: SensorValues['processors']): readonly SensorFinding[] {
  const throttled = processors.filter((one) => one.throttledNow === true);
  const [first] = throttled;
  if (first === undefined) return [];
  const subject = String(first.id);
  return [
    { kind: 'throttled', severity: 'warning', id: `cpu${first.id}`, subject, value: throttled.length, limit: null },
  ];
}

function batteryFindings({ name, battery }: SensorValues['supplies'][number]): readonly SensorFinding[] {
  const charge = battery?.chargePercent ?? null;
  if (battery === null || charge === null || battery.state !== 'discharging' || charge >= CHARGE.warning) return [];
  const severity = charge < CHARGE.error && !battery.peripheral ? 'error' : 'warning';
  return [{ kind: 'batteryLow', severity, id: name, subject: name, value: charge, limit: CHARGE.warning }];
}

function nameOf({ chip, label }: { readonly chip: string; readonly label: string }): string {
  return `${chip} ${label}`;
}
