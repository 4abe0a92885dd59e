import { advance, percentOf } from '../../kernel/numbers';
import type { Pressure, Stall } from '../../kernel/pressure';
import type { Reading } from '../reading';
import type { PressureShares, ResourcePressure, StallShares } from '../schema/processor';

export function pressureOf(before: Reading | null, now: Reading, seconds: number | null): PressureShares | null {
  const pressure = now.counters.pressure;
  if (pressure === null) return null;
  const earlier = before?.counters.pressure ?? null;
  return {
    cpu: resourceOf(earlier?.cpu, pressure.cpu, seconds),
    memory: resourceOf(earlier?.memory, pressure.memory, seconds),
    io: resourceOf(earlier?.io, pressure.io, seconds),
    irq: resourceOf(earlier?.irq, pressure.irq, seconds),
  };
}

function resourceOf(
  before: Pressure | null | undefined,
  now: Pressure | null,
  seconds: number | null,
): ResourcePressure | null {
  if (now === null) return null;
  return { some: stallOf(before?.some, now.some, seconds), full: stallOf(before?.full, now.full, seconds) };
}

function stallOf(before: Stall | null | undefined, now: Stall | null, seconds: number | null): StallShares | null {
  if (now === null) return null;
  const { average10Percent, average60Percent, average300Percent, totalMicros } = now;
  const step = advance(before?.totalMicros, totalMicros);
  const elapsedMicros = seconds === null ? null : seconds * 1e6;
  return { average10Percent, average60Percent, average300Percent, nowPercent: percentOf(step, elapsedMicros) };
}
