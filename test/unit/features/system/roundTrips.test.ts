import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tools } from '../../../../src/features/system/tools';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import type { Machine } from '../../../../src/machine/machine';
import type { AnyTool } from '../../../../src/tool/tool';
import { runContextOf } from '../../../support/runContext';

/** What is asked of a machine at the same time goes to it as one: with every other answer the next can be asked. */
class Trips {
  trips = 0;
  private readonly waiting: (() => Promise<() => void>)[] = [];
  private travelling = false;

  readonly machine: Machine;

  constructor(near: Machine) {
    this.machine = {
      ...near,
      files: {
        ...near.files,
        read: (...call) => this.ask(() => near.files.read(...call)),
        readMany: (...call) => this.ask(() => near.files.readMany(...call)),
        usage: (...call) => this.ask(() => near.files.usage(...call)),
        list: (...call) => this.ask(() => near.files.list(...call)),
        stat: (...call) => this.ask(() => near.files.stat(...call)),
      },
      exec: (...call) => this.ask(() => near.exec(...call)),
    };
  }

  private ask<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push(() =>
        work().then(
          (value) => () => resolve(value),
          (error: unknown) => () => reject(error instanceof Error ? error : new Error(String(error))),
        ),
      );
      if (!this.travelling) void this.travel();
    });
  }

  private async travel(): Promise<void> {
    this.travelling = true;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const asked = this.waiting.splice(0);
      if (asked.length === 0) break;
      this.trips++;
      const answers = await Promise.all(asked.map((work) => work()));
      for (const answer of answers) answer();
    }
    this.travelling = false;
  }
}

/** Round trips of the first result and of each later one; every one of them takes as long as the network does. */
interface Budget {
  readonly id: keyof typeof tools;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly first: number;
  readonly later?: number;
}

/** One more where names of users have to be asked for, which passwd does not have: getent. */
const BUDGETS: readonly Budget[] = [
  { id: 'system.overview', first: 2, later: 1 },
  { id: 'system.processes', first: 2, later: 3 },
  { id: 'system.processes', input: { limit: 10 }, first: 3, later: 3 },
  { id: 'system.processes', input: { file: '/tmp' }, first: 3, later: 3 },
  { id: 'system.process', input: { pid: process.pid }, first: 3, later: 3 },
  { id: 'system.sockets', first: 2, later: 5 },
  { id: 'system.files', first: 3 },
  { id: 'system.files', input: { path: '/' }, first: 4 },
  { id: 'system.files', input: { path: '/', mount: true }, first: 4 },
  { id: 'system.files', input: { path: '/tmp' }, first: 4 },
  { id: 'system.files', input: { deleted: true }, first: 4 },
  { id: 'system.disks', first: 3, later: 2 },
  { id: 'system.disks', input: { path: '/' }, first: 4, later: 2 },
  { id: 'system.disks', input: { path: '/tmp' }, first: 5, later: 2 },
  { id: 'system.memory', first: 2, later: 2 },
  { id: 'system.network', first: 2, later: 1 },
  { id: 'system.users', first: 4 },
  { id: 'system.sensors', first: 1, later: 2 },
  { id: 'system.services', first: 3 },
  { id: 'system.snapshot', first: 3 },
];

describe('the round trips of the system tools', function () {
  this.timeout(60_000);
  let machine: LocalMachine;
  before(function () {
    if (process.platform !== 'linux') this.skip();
    machine = createLocalMachine();
  });
  after(() => machine.dispose());

  for (const { id, input = {}, first, later = first } of BUDGETS) {
    it(`are few: ${id} ${JSON.stringify(input)}`, async () => {
      const tool: AnyTool = tools[id];
      const trips = new Trips(machine);
      const taken: number[] = [];
      for await (const result of tool.run(tool.input.parse(input), runContextOf(trips.machine, { live: true }))) {
        assert.ok(result !== undefined);
        taken.push(trips.trips);
        trips.trips = 0;
        if (taken.length === 3) break;
      }
      const [ofFirst = Infinity, ...ofLater] = taken;
      const processes = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
      // The maps of so many processes at once, whatever runs on this machine.
      const more = id === 'system.files' ? Math.floor(processes / 140) : 0;
      assert.ok(ofFirst <= first + more, `${ofFirst} for the first result`);
      for (const count of ofLater) assert.ok(count <= later, `${count} for a later one`);
    });
  }
});
