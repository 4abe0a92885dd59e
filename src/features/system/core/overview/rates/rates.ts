import { roundedTo } from '../../kernel/numbers';
import type { Reading } from '../reading';
import type { Sensors, Users } from '../schema/hardware';
import type { Sample, SystemOverview } from '../schema/overview';
import { controlGroupOf } from './controlGroup';
import { elapsedSeconds } from './elapsed';
import { memoryOf, swapOf } from './memory';
import { interfacesOf } from './network';
import { pressureOf } from './pressure';
import { cpuOf, loadOf } from './processor';
import { blockDevicesOf, fileSystemsOf } from './storage';

/**
 * What a reading tells, with rates and shares over the time since an earlier one. Without an earlier one, or when the
 * two cannot be compared, rates are null. No rate is negative, no share above 100.
 */
export function sampleOf(machine: string, earlier: Reading | null, now: Reading): Sample {
  const seconds = earlier === null ? null : elapsedSeconds(earlier, now);
  const before = seconds === null ? null : earlier;
  return {
    machine,
    backEnd: now.backEnd,
    takenAtMs: now.takenAtMs,
    measuring: before === null,
    intervalSeconds: seconds === null ? null : roundedTo(seconds, 2),
    host: hostOf(now),
    cpu: cpuOf(before, now, seconds),
    load: loadOf(now),
    memory: memoryOf(before, now, seconds),
    swap: swapOf(before, now, seconds),
    pressure: pressureOf(before, now, seconds),
    controlGroup: controlGroupOf(before, now, seconds),
    fileSystems: fileSystemsOf(now.fileSystems),
    blockDevices: blockDevicesOf(before, now, seconds),
    interfaces: interfacesOf(before, now, seconds),
    sensors: sensorsOf(now),
    users: usersOf(now),
    problems: now.problems,
  };
}

function hostOf({ counters, host, takenAtMs }: Reading): SystemOverview['host'] {
  const { uptimeSeconds, stat } = counters;
  const bootSeconds = stat?.bootTimeSeconds ?? null;
  const estimatedMs = uptimeSeconds === null ? null : Math.round(takenAtMs / 1000 - uptimeSeconds) * 1000;
  return {
    name: host.name,
    kernel: host.kernel,
    os: host.os,
    architecture: host.architecture,
    bootTimeMs: bootSeconds === null ? estimatedMs : bootSeconds * 1000,
    uptimeSeconds,
  };
}

function sensorsOf({ surroundings }: Reading): Sensors {
  const { temperatures, fans, batteries } = surroundings;
  return {
    temperatures: temperatures.flatMap((one) => (one.celsius === null ? [] : [{ ...one, celsius: one.celsius }])),
    fans: fans.flatMap((one) => (one.rpm === null ? [] : [{ ...one, rpm: one.rpm }])),
    batteries,
    mainsOnline: surroundings.mainsOnline,
  };
}

function usersOf({ users }: Reading): Users {
  return { list: users.list ?? [], unavailable: users.unavailable };
}
