import * as assert from 'node:assert/strict';
import { z } from 'zod';
import { ExpectedError } from '../../../src/lib/errors';
import type { Machine } from '../../../src/machine/machine';
import type { HostPolicy, OwnedMachines } from '../../../src/machine/machines';
import type { HostSettings } from '../../../src/machine/hostSettings';
import type { Person, Question } from '../../../src/machine/person';
import type { ToolClient } from '../../../src/runtime/toolClient';
import type { MachineNeeds } from '../../../src/runtime/toolServer';
import type { AnyChangeTool, AnyTool } from '../../../src/tool/tool';
import { NO_MACHINES } from '../../support/runContext';
import { toolRuntime, until } from '../../support/toolRuntime';

const question: Question = {
  kind: 'secret',
  title: 'Password of root on web01',
  instruction: '',
  prompts: [{ text: 'Password:', echo: false }],
  refusal: '',
  canKeep: true,
};

const report = { title: 't', verdict: 'v', status: 'info' as const, blocks: [] };
const shape = { input: z.object({}), result: z.object({ text: z.string() }), report: () => report };

/** Asks the person, and tells on which machine it ran. */
const ask: AnyTool = {
  ...shape,
  async *run(_input, { machine, person, signal }) {
    const answer = await person?.ask(question, signal);
    yield { text: `${machine.name}: ${answer === null ? 'nobody' : JSON.stringify(answer)}` };
  },
};

const change: AnyChangeTool = {
  ...shape,
  async *run(_input, { machine }) {
    yield await Promise.resolve({ text: machine.name });
  },
  plan: (input) => Promise.resolve({ question: 'Change it?', details: [], confirm: 'Change', input: input as unknown }),
  changes: () => [],
};

/** Runs on one machine and changes another. */
const carry: AnyChangeTool = { ...change, changedMachines: () => ['web01'] };

interface House {
  readonly client: ToolClient;
  readonly configured: HostSettings[];
  needs(): MachineNeeds;
}

/** Any name is a machine; web01 is treated as the policy says. */
function house(policy: Partial<HostPolicy>, person?: Person): House {
  const configured: HostSettings[] = [];
  let needs: MachineNeeds | undefined;
  const machines = (given: MachineNeeds): OwnedMachines => {
    needs = given;
    return {
      ...NO_MACHINES,
      open: (name) => Promise.resolve({ name } as Machine),
      inventory: () =>
        Promise.resolve({
          hosts: [
            {
              name: 'web01',
              sources: [],
              address: null,
              port: null,
              user: null,
              groups: [],
              tags: [],
              note: '',
              policy: { readOnly: false, confirm: false, colour: null, ...policy },
            },
          ],
          problems: [],
        }),
      disconnect: () => Promise.resolve(),
      configure: (settings) => void configured.push(settings),
      close: () => Promise.resolve(),
    };
  };
  const { client } = toolRuntime(
    { ask, change, carry },
    { machines, ...(person === undefined ? {} : { person }), idleMs: 20 },
  );
  return { client, configured, needs: () => needs ?? assert.fail('no thread has been started') };
}

const options = { live: false, confirmed: false, wants: { report: false, result: true } };

function resultOf(client: ToolClient, tool: string, machine: string, confirmed = false): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let last: unknown;
    client.begin(
      { tool, input: {}, machine },
      { ...options, confirmed },
      {
        onResult: ({ result }) => (last = result),
        onProgress: () => undefined,
        onEnd: (error) => (error === undefined ? resolve(last) : reject(error)),
      },
    );
  });
}

describe('machines in the thread of the tools', () => {
  it('are opened by name, and what they need to know is asked of the person at the other side', async () => {
    const asked: Question[] = [];
    const person: Person = {
      ask: (one) => {
        asked.push(one);
        return Promise.resolve({ texts: ['secret'], keep: false } as never);
      },
    };
    const { client } = house({}, person);
    const answer = await resultOf(client, 'ask', 'web07');
    assert.deepEqual(answer, { text: 'web07: {"texts":["secret"],"keep":false}' });
    assert.deepEqual(asked, [question]);
  });

  it('learn that nobody wants to answer', async () => {
    assert.deepEqual(await resultOf(house({}).client, 'ask', 'local'), { text: 'local: nobody' });
  });

  it('withdraw a question when the run that waits for it is cancelled', async () => {
    let withdrawn = false;
    const person: Person = {
      ask: (_one, signal) => new Promise(() => signal.addEventListener('abort', () => (withdrawn = true))),
    };
    const { client } = house({}, person);
    const ends: (Error | undefined)[] = [];
    const events = {
      onResult: () => undefined,
      onProgress: () => undefined,
      onEnd: (error?: Error) => void ends.push(error),
    };
    const run = client.begin({ tool: 'ask', input: {}, machine: 'web01' }, options, events);
    await new Promise((resolve) => setTimeout(resolve, 30));
    run.cancel();
    await until(() => ends.length === 1 && withdrawn);
    assert.equal(ends[0]?.name, 'CancelledError');
  });

  it('are not changed where their hosts file says read-only, neither planned nor confirmed', async () => {
    const { client } = house({ readOnly: true });
    const request = (machine: string) => ({ request: { tool: 'change', input: {}, machine } });
    const refused = (error: unknown): boolean => error instanceof ExpectedError && error.code === 'read-only';
    await assert.rejects(client.call('plan', request('web01')), refused);
    await assert.rejects(resultOf(client, 'change', 'web01', true), refused);
    assert.equal((await client.call('plan', request('web02'))).question, 'Change it?');
    assert.deepEqual(await resultOf(client, 'change', 'web02', true), { text: 'web02' });
    await assert.rejects(resultOf(client, 'carry', 'web02', true), refused);
    await assert.rejects(client.call('plan', { request: { tool: 'carry', input: {}, machine: 'web02' } }), refused);
    assert.equal((await client.call('policy', { machine: 'web01' })).readOnly, true);
    assert.equal((await client.call('policy', { machine: 'local' })).readOnly, false);
  });

  it('keep the thread while there are connections, and tell of each change', async () => {
    const { client, needs } = house({});
    await client.call('policy', { machine: 'local' });
    const first = needs();
    first.onConnected([{ name: 'web01', transport: 'ssh2', remarks: ['old'] }]);
    await until(() => client.connected[0]?.remarks[0] === 'old');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await client.call('policy', { machine: 'local' });
    assert.equal(needs(), first, 'it is the same thread');
    first.onConnected([]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(client.connected, []);
    await client.call('policy', { machine: 'local' });
    assert.notEqual(needs(), first, 'the idle thread was ended');
  });

  it('are told of new settings', async () => {
    const { client, configured } = house({});
    const settings = { configFile: '/etc/other', inventoryFiles: [], trusted: false, idleMinutes: 1 };
    client.configure(settings);
    assert.equal(configured.length, 0, 'there is no thread that could be told');
    await client.call('policy', { machine: 'local' });
    client.configure(settings);
    await client.call('policy', { machine: 'local' });
    assert.deepEqual(configured, [settings]);
  });
});
