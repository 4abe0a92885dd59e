import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM_CLOCK } from '../../src/features/system/core/clock';
import { ProcessReader } from '../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES } from '../../src/features/system/core/processes/query';
import { report } from '../../src/features/system/report/processes';
import { createLocalMachine } from '../../src/machine/local';

const LISTS = 20;

/** A program of its own: how much memory it takes to list the processes of this machine, again and again. */
async function main(): Promise<void> {
  const machine = createLocalMachine();
  const { signal } = new AbortController();
  // The thread that reads is part of being idle: it is there as soon as anything is.
  await machine.files.readMany(['/proc/uptime'], { signal });
  const idleMiB = residentMiB();
  const reader = new ProcessReader(machine, SYSTEM_CLOCK, ALL_PROCESSES);
  let mostMiB = idleMiB;
  for (let count = 0; count < LISTS; count += 1) {
    const result = await reader.read(signal);
    new TextEncoder().encode(JSON.stringify(report(result)));
    mostMiB = Math.max(mostMiB, residentMiB());
    await pause(200);
  }
  await machine.dispose();
  process.stdout.write(JSON.stringify({ idleMiB, mostMiB }));
}

function residentMiB(): number {
  return process.memoryUsage().rss / 1_048_576;
}

void main();
