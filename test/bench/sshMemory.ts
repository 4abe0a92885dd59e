import { setTimeout as pause } from 'node:timers/promises';
import { mapPool } from '../../src/lib/pool';
import { machinesOf } from '../support/machines';

/** What connections cost that nobody uses, as JSON on standard output. */
export interface ConnectionMemory {
  /** The whole process, with all that SSH needs loaded and one connection open. */
  readonly beforeMiB: number;
  readonly afterMiB: number;
}

const AT_ONCE = 32;
const SETTLE_MS = 3_000;

/** A program of its own: its arguments are an ssh_config and the names of hosts, all of which it connects and leaves idle. */
async function main([configFile = '', first = '', ...others]: readonly string[]): Promise<void> {
  const { signal } = new AbortController();
  const machines = machinesOf(configFile);
  await machines.open(first, signal);
  await pause(SETTLE_MS);
  const beforeMiB = residentMiB();
  await mapPool(others, AT_ONCE, (name) => machines.open(name, signal));
  await pause(SETTLE_MS);
  const figures: ConnectionMemory = { beforeMiB, afterMiB: residentMiB() };
  process.stdout.write(JSON.stringify(figures));
  await machines.close();
}

function residentMiB(): number {
  return process.memoryUsage.rss() / 1_048_576;
}

void main(process.argv.slice(2));
