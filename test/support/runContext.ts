import type { Machine } from '../../src/machine/machine';
import type { Machines } from '../../src/machine/machines';
import type { Recordings } from '../../src/tool/recordings';
import type { Log, RunContext, Secrets } from '../../src/tool/tool';

export const QUIET_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const NO_SECRETS: Secrets = {
  get: () => Promise.resolve(undefined),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

export const NO_RECORDINGS: Recordings = {
  append: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  read: () => Promise.reject(new Error('nothing is recorded')),
  clear: () => Promise.resolve(),
};

export const NO_MACHINES: Machines = {
  inventory: () => Promise.resolve({ hosts: [], problems: [] }),
  open: (name) => Promise.reject(new Error(`no machine ${name}`)),
  check: (name) => Promise.reject(new Error(`no machine ${name}`)),
  tunnel: (name) => Promise.reject(new Error(`no machine ${name}`)),
};

/** What a tool is run with, where the test says nothing else: one result, nobody to ask, nothing kept. */
export function runContextOf(machine: Machine, more: Partial<RunContext> = {}): RunContext {
  return {
    machine,
    machines: NO_MACHINES,
    person: null,
    signal: new AbortController().signal,
    live: false,
    progress: () => undefined,
    log: QUIET_LOG,
    secrets: NO_SECRETS,
    recordings: NO_RECORDINGS,
    ...more,
  };
}
