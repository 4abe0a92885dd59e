import type { FileFailure, FileTexts, Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { sensorFindings } from './findings';
import { sensorValues, type SensorReading, type SensorValues } from './readings';
import type { SensorsResult } from './schema';
import { FACT_PATTERNS, VALUE_PATTERNS } from './sources';

export interface CollectSensorsOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly clock: Clock;
}

/** Between two readings, for rates of energy counters that mean something. */
const LEAST_INTERVAL_MS = 500;
/** So many readings and temperatures are kept for the chart. */
const MOST_READINGS = 300;
const MOST_LINES = 8;

/**
 * The first result at once; then, where something counts energy or throttling, one with rates; while somebody
 * watches, one more whenever it is asked for. One round trip each, two at the same time for the first, and a second one
 * whenever sensors come or go.
 */
export async function* collectSensors(options: CollectSensorsOptions): AsyncGenerator<SensorsResult, void, undefined> {
  const { machine, signal, live, clock } = options;
  const files = new SensorFiles(machine);
  let earlier: SensorReading | null = null;
  let history: SensorsResult['history'] = { timesMs: [], lines: [] };
  for (;;) {
    const texts = await files.read(signal);
    const takenAtMs = clock.nowMs();
    const { values, reading } = sensorValues(texts, clock.monotonicMs(), earlier);
    history = extended(history, takenAtMs, values);
    yield { machine: machine.name, takenAtMs, ...values, findings: sensorFindings(values), history };
    const rates = reading.energy.size > 0 || reading.throttling.size > 0;
    if (!live && (earlier !== null || !rates)) return;
    earlier = reading;
    const leftMs = reading.monotonicMs + LEAST_INTERVAL_MS - clock.monotonicMs();
    if (leftMs > 0) await clock.sleep(leftMs, signal);
  }
}

/** Reads the values every time, and their names and limits only when other files are there than before. */
class SensorFiles {
  private facts: FileTexts | undefined;
  private known = '';

  constructor(private readonly machine: Machine) {}

  async read(signal: AbortSignal): Promise<FileTexts> {
    const many = (patterns: readonly string[]): Promise<FileTexts> => this.machine.files.readMany(patterns, { signal });
    const [values, first] = await Promise.all([
      many(VALUE_PATTERNS),
      this.facts === undefined ? many(FACT_PATTERNS) : undefined,
    ]);
    const known = [...values.keys()].join('\0');
    const facts = first ?? (known === this.known ? this.facts : undefined) ?? (await many(FACT_PATTERNS));
    this.facts = facts;
    this.known = known;
    return new Map<string, string | FileFailure>([...facts, ...values]);
  }
}

/** The temperatures that were the highest at first; more lines nobody could tell apart. */
function extended(history: SensorsResult['history'], atMs: number, values: SensorValues): SensorsResult['history'] {
  const now = temperaturesNow(values);
  const lines =
    history.timesMs.length === 0
      ? [...now.values()]
          .sort((one, other) => other.celsius - one.celsius)
          .slice(0, MOST_LINES)
          .map(({ id, label }) => ({ id, label, celsius: [] as (number | null)[] }))
      : history.lines;
  return {
    timesMs: [...history.timesMs, atMs].slice(-MOST_READINGS),
    lines: lines.map(({ id, label, celsius }) => ({
      id,
      label,
      celsius: [...celsius, now.get(id)?.celsius ?? null].slice(-MOST_READINGS),
    })),
  };
}

interface NamedTemperature {
  readonly id: string;
  readonly label: string;
  readonly celsius: number;
}

function temperaturesNow({ temperatures, zones }: SensorValues): ReadonlyMap<string, NamedTemperature> {
  const all =
    temperatures.length > 0
      ? temperatures.map(({ id, chip, label, celsius }) => ({ id, label: `${chip} ${label}`, celsius }))
      : zones.map(({ name, type, celsius }) => ({ id: name, label: type, celsius }));
  return new Map(all.flatMap((one) => (one.celsius === null ? [] : [[one.id, { ...one, celsius: one.celsius }]])));
}
