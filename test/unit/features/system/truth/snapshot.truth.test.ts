import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Snapshot } from '../../../../../src/features/system/core/snapshot/schema';
import { compareTool, snapshotTool } from '../../../../../src/features/system/snapshotTools';
import type { ComparedSection, CompareResult } from '../../../../../src/features/system/core/snapshot/compare/schema';
import { hostStage, output, psutil } from './hostStage';

const MARK = `opsdeck-truth-${process.pid}`;
/** Listens on a port that the kernel chooses and prints it; its mark makes it one of a kind. */
const LISTENER = `import socket
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
print(server.getsockname()[1], flush=True)
mark = "${MARK}"`;

describe('system.snapshot against ps, psutil, ss, findmnt and ip (Linux only)', () => {
  if (process.platform !== 'linux') return;
  const scene = hostStage();
  let snapshot: Snapshot;
  let told: unknown;
  let listening: readonly string[] = [];

  const listeners = (): readonly string[] =>
    output('ss', '-H', '-t', '-l', '-n')
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (line.split(/ +/)[3] ?? '').replace(/^\*:/, '[::]:'));

  before(async () => {
    told = psutil(
      '{p.pid: [p.ppid(), p.username(), p.create_time()] for p in psutil.process_iter() if p.is_running() and p.status() != "zombie"}',
    );
    listening = listeners();
    snapshot = await scene.run(snapshotTool, {});
  });

  it('has the processes of psutil with parent, user and start', function () {
    if (told === undefined) return this.skip();
    const known = told as Readonly<Record<string, readonly [number, string, number]>>;
    let compared = 0;
    for (const one of snapshot.processes) {
      const [parent, user, created] = known[one.pid] ?? [];
      // Another one that came in between may have the number of one that ended.
      if (created === undefined || Math.abs(created * 1000 - (one.startedAtMs ?? NaN)) > 50) continue;
      compared++;
      assert.equal(one.user, user, String(one.pid));
      if (fs.existsSync(`/proc/${one.pid}`) && parent !== 1) assert.ok([parent, 1].includes(one.parentPid));
    }
    assert.ok(
      compared > 5 && compared >= Object.keys(known).length * 0.5,
      `${compared} of ${Object.keys(known).length}`,
    );
  });

  it('has the listening sockets of ss that were there before and after', () => {
    const after = new Set(listeners());
    const ours = new Set(
      snapshot.sockets
        .filter(({ protocol, state }) => protocol === 'tcp' && state === 'listening')
        .map(
          ({ localAddress, localPort }) =>
            `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`,
        ),
    );
    for (const one of listening) if (after.has(one)) assert.ok(ours.has(one), `${one} is not in ${[...ours].join()}`);
  });

  it('has the mounts of findmnt', () => {
    const { filesystems } = JSON.parse(output('findmnt', '-J', '-l', '-o', 'TARGET,FSTYPE')) as {
      readonly filesystems: readonly { readonly target: string; readonly fstype: string }[];
    };
    assert.deepEqual(
      snapshot.mounts.map(({ mountPoint, type }) => `${mountPoint} ${type}`).sort(),
      filesystems.map(({ target, fstype }) => `${target} ${fstype}`).sort(),
    );
  });

  it('has the routes and addresses of ip', () => {
    const routes = JSON.parse(output('ip', '-j', '-4', 'route', 'show')) as readonly { readonly dst: string }[];
    assert.deepEqual(
      snapshot.routes.filter(({ family }) => family === 'ipv4').map(({ destination }) => destination),
      routes.map(({ dst }) => dst),
    );
    const names = fs.readdirSync('/sys/class/net').filter((name) => fs.existsSync(`/sys/class/net/${name}/operstate`));
    for (const name of names)
      assert.ok(
        snapshot.interfaces.some((one) => one.name === name),
        name,
      );
    const loopback = snapshot.interfaces.find(({ name }) => name === 'lo');
    assert.ok(loopback?.addresses.includes('127.0.0.1/8'));
  });

  it('shows exactly what the test started, restarted and ended in between', async () => {
    const file = (name: string): string => path.join(scene.folder, name);
    const save = async (name: string): Promise<void> => {
      fs.writeFileSync(file(name), JSON.stringify(await scene.run(snapshotTool, {})));
    };
    const compare = (from: string, to: string): Promise<CompareResult> =>
      scene.run(compareTool, { before: file(from), after: file(to) });
    await save('none');
    const first = await scene.start(LISTENER);
    await save('one');
    process.kill(first.pid, 'SIGKILL');
    // The start is told in seconds.
    while (fs.existsSync(`/proc/${first.pid}/exe`)) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const second = await scene.start(LISTENER);
    await save('two');

    const started = await compare('none', 'one');
    assert.equal(marked(started, 'processes').added.length, 1);
    assert.match(marked(started, 'processes').added[0] ?? '', /user \w+ {2}since \d{4}-/);
    const sockets = part(started, 'sockets').added.filter((line) => line.includes(`127.0.0.1:${first.line} `));
    assert.equal(sockets.length, 1);
    assert.match(sockets[0] ?? '', /^listens {2}tcp .* python/);

    const restarted = await compare('one', 'two');
    const { added, removed, changed } = marked(restarted, 'processes');
    assert.deepEqual([added.length, removed.length, changed.length], [0, 0, 1]);
    assert.ok(part(restarted, 'sockets').removed.some((line) => line.includes(`127.0.0.1:${first.line} `)));
    assert.ok(part(restarted, 'sockets').added.some((line) => line.includes(`127.0.0.1:${second.line} `)));

    const ended = await compare('two', 'none');
    assert.equal(marked(ended, 'processes').removed.length, 1);
    for (const name of ['mounts', 'routes', 'interfaces'] as const) {
      const { added: came, removed: went, changed: other } = part(started, name);
      assert.deepEqual([came, went, other], [[], [], []], name);
    }
  });
});

function part(result: CompareResult, name: ComparedSection['name']): ComparedSection {
  return result.sections.find((one) => one.name === name) ?? assert.fail(name);
}

/** What is about the test's own processes: others come and go as they like. */
function marked(
  result: CompareResult,
  name: ComparedSection['name'],
): Pick<ComparedSection, 'added' | 'removed' | 'changed'> {
  const { added, removed, changed } = part(result, name);
  const ours = (line: string): boolean => line.includes(MARK);
  return {
    added: added.filter(ours),
    removed: removed.filter(ours),
    changed: changed.filter(({ after }) => ours(after)),
  };
}
