import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { features } from '../../../src/features/index';
import { ExpectedError } from '../../../src/lib/errors';
import type { Machine } from '../../../src/machine/machine';
import type { OwnedMachines } from '../../../src/machine/machines';
import { reportSchema } from '../../../src/report/schema';
import { fieldsOf } from '../../../src/tool/fields';
import { toolsOf, type ToolEntry } from '../../../src/tool/registry';
import type { AnyTool } from '../../../src/tool/tool';
import { machinesOf } from '../../support/machines';
import { runContextOf } from '../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../support/sshServer';

/** What tools are asked that want to know something. A tool without an entry here that does, fails its test. */
const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ip.inspect': { address: '10.0.0.0/8' },
  'system.process': { pid: process.pid },
  'system.files': { path: process.execPath },
  // No snapshot is at that path: both must say so.
  'system.compare': { before: '/nonexistent/before.json' },
  'ssh.check': { host: 'peer' },
  // Through that host from wherever it runs; any free port leads to the server itself.
  'ssh.tunnel': { host: 'peer', local: '0:127.0.0.1:22' },
  'compare.directories': { left: '/etc/ssh', right: '/etc/ssh' },
  // Each manifest is a new file.
  get 'compare.manifest'() {
    return { folder: '/etc/ssh', output: path.join(os.tmpdir(), `opsdeck-${randomUUID()}.manifest`) };
  },
  'compare.plan': { left: '/etc/ssh', right: '/etc/ssl', direction: 'mirror-right' },
  'compare.previewPatch': {
    folder: '/etc/ssh',
    patch: 'new.patch',
    patchText: '--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+new\n',
  },
  'compare.show': { source: '/etc/passwd' },
  'compare.texts': { left: '/etc/passwd', right: '/etc/group' },
};

type Outcome =
  { readonly kind: 'result'; readonly value: unknown } | { readonly kind: 'refused'; readonly code: string };

const read = toolsOf(features).filter(({ manifest }) => manifest.effect === 'read');

describe('every tool that only looks (Linux only)', function () {
  this.timeout(60_000);
  let server: SshServer;
  let bare: SshServer;
  let machines: OwnedMachines;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    bare = await startSshServer({ sftp: null, alias: 'bare' });
    machines = machinesOf(server.configFile);
  });

  after(async () => {
    await machines?.close();
    await server?.stop();
    await bare?.stop();
  });

  for (const entry of read) {
    it(`${entry.id} gives over SSH what it gives here`, async () => {
      const tool = await entry.load();
      const [here, there] = [await outcomeOn('local', entry, tool), await outcomeOn('peer', entry, tool)];
      if (there.kind === 'refused') {
        assert.deepEqual(here, there, 'it is refused here for the same reason');
        return;
      }
      assert.equal(here.kind, 'result', `here it is ${JSON.stringify(here)}`);
      assert.deepEqual(differences((here as { value: unknown }).value, there.value, entry.id), []);
    });
  }

  it('sees the same processes, and those as they are', async () => {
    const pids = (value: unknown): readonly number[] =>
      (value as { processes: { list: { pid: number }[] } }).processes?.list?.map(({ pid }) => pid) ??
      (value as { processes: { pid: number }[] }).processes.map(({ pid }) => pid);
    const entry = read.find(({ id }) => id === 'system.snapshot') ?? assert.fail('there is no snapshot');
    const tool = await entry.load();
    const [first, there, second] = [
      await outcomeOn('local', entry, tool),
      await outcomeOn('peer', entry, tool),
      await outcomeOn('local', entry, tool),
    ].map((outcome) => (outcome.kind === 'result' ? pids(outcome.value) : assert.fail(outcome.code)));
    const lasting = first?.filter((pid) => second?.includes(pid)) ?? [];
    assert.ok(lasting.length > 10, `${lasting.length} processes live through three readings`);
    assert.deepEqual(
      lasting.filter((pid) => !there?.includes(pid)),
      [],
    );
  });

  it('works where the server has no SFTP', async () => {
    const without = machinesOf(bare.configFile);
    try {
      const machine = await without.open('bare', new AbortController().signal);
      const names = (await machine.files.list('/etc', new AbortController().signal)).map(({ name }) => name);
      assert.ok(names.includes('passwd'), names.join(' '));
      for (const id of ['system.overview', 'ssh.keys']) {
        const entry = read.find((one) => one.id === id) ?? assert.fail(id);
        assert.equal((await outcomeOn(machine, entry, await entry.load())).kind, 'result', id);
      }
    } finally {
      await without.close();
    }
  });

  async function outcomeOn(where: string | Machine, entry: ToolEntry, tool: AnyTool): Promise<Outcome> {
    const machine = typeof where === 'string' ? await machines.open(where, new AbortController().signal) : where;
    const input = inputs[entry.id] ?? {};
    const missing = fieldsOf(tool).filter(({ name, required }) => required && !(name in input));
    assert.deepEqual(missing, [], `${entry.id} wants to know something: give it in the table of inputs above`);
    let last: unknown;
    try {
      for await (const result of tool.run(tool.input.parse(input), runContextOf(machine, { machines }))) last = result;
    } catch (error) {
      if (error instanceof ExpectedError) return { kind: 'refused', code: error.code };
      throw error;
    }
    reportSchema.parse(tool.report(last));
    if ('output' in input) fs.rmSync(String(input['output']));
    return { kind: 'result', value: tool.result.parse(last) };
  }
});

/** Where two results hold values of different kinds. What is missing or null on one side is judged by the schema. */
function differences(one: unknown, other: unknown, at: string): readonly string[] {
  if (one === null || other === null || one === undefined || other === undefined) return [];
  if (Array.isArray(one) && Array.isArray(other)) return differences(one[0], other[0], `${at}[]`);
  if (typeof one !== typeof other) return [`${at}: ${typeof one} here, ${typeof other} there`];
  if (typeof one !== 'object' || typeof other !== 'object') return [];
  // What is keyed by names of things (devices, units) need not have the same ones.
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.flatMap((key) => {
    const [left, right] = [one, other].map((value) => (value as Readonly<Record<string, unknown>>)[key]);
    return differences(left, right, `${at}.${key}`);
  });
}
