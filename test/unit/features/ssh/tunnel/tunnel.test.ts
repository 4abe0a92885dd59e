import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { tunnelTool } from '../../../../../src/features/ssh/tunnelTools';
import { tunnelsResult, type TunnelsResult } from '../../../../../src/features/ssh/core/tunnel/schema';
import type { TunnelInput } from '../../../../../src/features/ssh/core/tunnel/inputs';
import type { Machine } from '../../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { reportSchema } from '../../../../../src/report/schema';
import { runContextOf } from '../../../../support/runContext';
import { endSessions, freePort, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { machinesOf } from '../../../../support/machines';
import { fetched, sayer } from './support';

type Results = AsyncIterator<TunnelsResult, unknown>;

const here = { name: 'local' } as Machine;

describe('ssh.tunnel (Linux only)', function () {
  this.timeout(60_000);
  let server: SshServer;
  let machines: OwnedMachines;
  let web: Awaited<ReturnType<typeof sayer>>;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    machines = machinesOf(server.configFile);
    web = await sayer('from behind the host');
  });

  after(async () => {
    await machines?.close();
    web?.close();
    await server?.stop();
  });

  function run(input: TunnelInput, live = true, through = machines): Results {
    const context = runContextOf(here, { machines: through, live });
    return tunnelTool.run({ host: server.alias, ...input }, context)[Symbol.asyncIterator]();
  }

  async function next(results: Results): Promise<TunnelsResult> {
    const { value, done } = await results.next();
    assert.notEqual(done, true, 'it has ended');
    const result = tunnelsResult.parse(value);
    reportSchema.parse(tunnelTool.report(result));
    return result;
  }

  async function until(results: Results, fits: (result: TunnelsResult) => boolean): Promise<TunnelsResult> {
    for (;;) {
      const result = await next(results);
      if (fits(result)) return result;
    }
  }

  function portOf({ tunnels }: TunnelsResult, index = 0): number {
    return tunnels[index]?.listen.port ?? assert.fail('it has no port');
  }

  async function failure(work: Promise<unknown>): Promise<Error & { code?: string }> {
    return work.then(
      () => assert.fail('it did not fail'),
      (error: Error) => error,
    );
  }

  it('carries what goes through, counts it, and comes back after a loss at the same port', async () => {
    const results = run({ local: `0:127.0.0.1:${web.port}` });
    const first = await next(results);
    assert.equal(first.tunnels[0]?.phase, 'open');
    assert.match(
      tunnelTool.report(first).verdict,
      /^localhost:\d+ on this machine leads to 127\.0\.0\.1:\d+ as peer sees it\.$/,
    );
    const port = portOf(first);
    assert.equal(await fetched(port), 'from behind the host');
    const counted = await until(results, ({ tunnels }) => (tunnels[0]?.receivedBytes ?? 0) > 0);
    assert.equal(counted.tunnels[0]?.totalConnections, 1);
    assert.equal(endSessions(server), true);
    const lost = await until(results, ({ tunnels }) => tunnels[0]?.phase === 'waiting');
    assert.match(tunnelTool.report(lost).verdict, /^Reconnecting to peer: /);
    assert.equal(tunnelTool.report(lost).status, 'warning');
    const back = await until(results, ({ tunnels }) => tunnels[0]?.phase === 'open');
    assert.equal(back.tunnels[0]?.losses, 1);
    assert.equal(portOf(back), port);
    assert.equal(await fetched(port), 'from behind the host');
    await results.return?.();
    await assert.rejects(fetched(port), 'it ends with the run');
  });

  it('opens several at once, also a SOCKS proxy and one on the host', async () => {
    const there = await freePort();
    const results = run({
      local: `0:127.0.0.1:${web.port}`,
      remote: `127.0.0.1:${there}:127.0.0.1:${web.port}`,
      dynamic: '0',
    });
    const result = await next(results);
    assert.deepEqual(
      result.tunnels.map(({ kind, phase, warnings }) => [kind, phase, warnings]),
      [
        ['local', 'open', []],
        ['remote', 'open', []],
        ['dynamic', 'open', []],
      ],
    );
    assert.equal(await fetched(there), 'from behind the host');
    assert.equal(tunnelTool.report(result).verdict, 'All 3 tunnels through peer are open.');
    await results.return?.();
  });

  it('goes on with the others where one cannot be opened, and fails where none can', async () => {
    const taken = await sayer('taken');
    const some = run({ local: `${taken.port}:127.0.0.1:1 0:127.0.0.1:${web.port}` });
    const result = await next(some);
    assert.deepEqual(
      result.tunnels.map(({ phase }) => phase),
      ['closed', 'open'],
    );
    assert.equal(tunnelTool.report(result).status, 'error');
    await some.return?.();
    const error = await failure(next(run({ local: `${taken.port}:127.0.0.1:1` })));
    assert.equal(error.code, 'in-use');
    assert.ok(error.message.includes(`Port ${taken.port} of this machine is taken by `), error.message);
    assert.ok(error.message.includes(`(PID ${process.pid})`), error.message);
    taken.close();
  });

  it('takes another port for a target alone whose port is in use, and says so', async () => {
    const results = run({ local: `127.0.0.1:${web.port}` });
    const result = await next(results);
    assert.notEqual(portOf(result), web.port);
    assert.equal(await fetched(portOf(result)), 'from behind the host');
    assert.match(result.tunnels[0]?.warnings[0] ?? '', /is in use by another program: a free one was chosen/);
    await results.return?.();
  });

  it('says at once that nothing answers there, until something does', async () => {
    const port = await freePort();
    const results = run({ local: `0:127.0.0.1:${port}` });
    const first = await next(results);
    assert.match(first.tunnels[0]?.warnings[0] ?? '', /cannot reach 127\.0\.0\.1:\d+/);
    assert.equal(tunnelTool.report(first).status, 'warning');
    const late = net.createServer((socket) => socket.end('there now')).listen(port, '127.0.0.1');
    await once(late, 'listening');
    net.connect(portOf(first), '127.0.0.1').resume();
    await until(results, ({ tunnels }) => tunnels[0]?.warnings.length === 0);
    late.close();
    await results.return?.();
  });

  it('warns of a port that others reach too', async () => {
    const results = run({ local: `*:0:127.0.0.1:${web.port}`, dynamic: '0.0.0.0:0' });
    const { tunnels } = await next(results);
    assert.match(tunnels[0]?.warnings[0] ?? '', /every interface of this machine: whoever reaches it there can use it/);
    assert.match(tunnels[1]?.warnings[0] ?? '', /0\.0\.0\.0 of this machine/);
    await results.return?.();
  });

  it('names who has the port on the host', async () => {
    const error = await failure(next(run({ remote: `127.0.0.1:${web.port}:127.0.0.1:1` })));
    assert.equal(error.code, 'in-use');
    assert.ok(error.message.includes(`Port ${web.port} of peer is taken by `), error.message);
  });

  it('is refused by a host that forbids it, with the name of what forbids it', async () => {
    const closed = await startSshServer({ config: ['AllowTcpForwarding no'] });
    const through = machinesOf(closed.configFile);
    try {
      const local = await failure(next(run({ local: `0:127.0.0.1:${web.port}` }, true, through)));
      assert.equal(local.code, 'denied');
      assert.match(local.message, /AllowTcpForwarding/);
      const remote = await failure(next(run({ remote: `127.0.0.1:${await freePort()}:127.0.0.1:1` }, true, through)));
      assert.match(remote.message, /AllowTcpForwarding/);
      const socks = run({ dynamic: '0' }, true, through);
      assert.match((await next(socks)).tunnels[0]?.warnings[0] ?? '', /AllowTcpForwarding/);
      await socks.return?.();
    } finally {
      await through.close();
      await closed.stop();
    }
  });

  it('opens no port on a host that is read-only, but leads through it', async () => {
    const file = path.join(server.folder, 'shop.hosts.yaml');
    fs.writeFileSync(file, `groups:\n  shop:\n    hosts: [${server.alias}]\n    policy: { readOnly: true }\n`);
    const through = machinesOf(server.configFile, [file]);
    try {
      const remote = { remote: `127.0.0.1:${await freePort()}:127.0.0.1:1` };
      assert.equal((await failure(next(run(remote, true, through)))).code, 'read-only');
      const local = run({ local: `0:127.0.0.1:${web.port}` }, true, through);
      assert.equal(await fetched(portOf(await next(local))), 'from behind the host');
      await local.return?.();
    } finally {
      await through.close();
    }
  });

  it('needs no shell on the host', async () => {
    const bare = await startSshServer({ config: ['ForceCommand /bin/false'] });
    const through = machinesOf(bare.configFile);
    try {
      const results = run({ local: `0:127.0.0.1:${web.port}` }, true, through);
      assert.equal(await fetched(portOf(await next(results))), 'from behind the host');
      await results.return?.();
    } finally {
      await through.close();
      await bare.stop();
    }
  });

  it('says what is missing: the tunnel, or the host', async () => {
    assert.equal((await failure(next(run({})))).code, 'invalid-input');
    const context = runContextOf(here, { machines, live: true });
    const nowhere = tunnelTool.run({ local: '8080:db:5432' }, context)[Symbol.asyncIterator]();
    assert.match((await failure(next(nowhere))).message, /--on HOST/);
  });
});
