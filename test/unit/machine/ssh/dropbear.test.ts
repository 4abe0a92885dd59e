import * as assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ExpectedError, isCancelled } from '../../../../src/lib/errors';
import type { Machine } from '../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../src/machine/machines';
import { machinesOf } from '../../../support/machines';
import { noDropbear, startDropbear, type DropbearServer } from '../../../support/dropbearServer';
import { makeTestUser, noTestUser, type TestUser } from '../../../support/testUser';

const never = new AbortController().signal;

describe('a machine over dropbear', function () {
  this.timeout(60_000);
  let user: TestUser;
  let server: DropbearServer;
  let machines: OwnedMachines;
  let machine: Machine;

  before(async function () {
    if ((noDropbear ?? noTestUser) !== undefined) return this.skip();
    user = makeTestUser();
    server = await startDropbear(user);
    machines = machinesOf(server.configFile);
    machine = await machines.open('router', never);
  });
  after(async () => {
    await machines?.close();
    await server?.stop();
    user?.remove();
  });

  const out = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

  it('runs commands: arguments as they are, output apart, exit code', async () => {
    const result = await machine.exec(['sh', '-c', 'id -un; echo "$1" >&2; exit 3', 'sh', `a 'b' $c`], {
      signal: never,
    });
    assert.deepEqual([out(result.stdout), out(result.stderr), result.exitCode], [`${user.name}\n`, `a 'b' $c\n`, 3]);
  });

  it('writes, lists, reads and removes files of any name and content', async () => {
    const content = crypto.randomBytes(3_000_000);
    const name = path.join(user.home, 'two\nlines \u{1f511}');
    await machine.files.write(name, content, { signal: never });
    assert.ok(fs.readFileSync(name).equals(content));
    assert.ok((await machine.files.list(user.home, never)).some((entry) => entry.name === path.basename(name)));
    assert.ok(Buffer.from(await machine.files.read(name, { signal: never })).equals(content));
    await machine.files.remove(name, never);
    assert.equal(fs.existsSync(name), false);
  });

  it('leaves no process when it is cancelled', async () => {
    const mark = crypto.randomBytes(6).toString('hex');
    const controller = new AbortController();
    const file = path.join(user.home, mark);
    const script = `sleep 600 & echo "$$ $!" > ${file}; wait`;
    const running = machine.exec(['sh', '-c', script], { signal: controller.signal });
    while (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').endsWith('\n')) await pause(20);
    const pids = fs.readFileSync(file, 'utf8').trim().split(' ');
    controller.abort();
    await assert.rejects(running, (error) => isCancelled(error));
    for (let round = 0; round < 200 && pids.some(isAlive); round++) await pause(25);
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('connects from there', async () => {
    const echo = net.createServer((socket) => void socket.end('here')).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    try {
      const { port } = echo.address() as net.AddressInfo;
      const connection = await machine.connect({ host: '127.0.0.1', port }, never);
      const [chunk] = (await once(connection, 'data')) as [Buffer];
      assert.equal(chunk.toString(), 'here');
      connection.destroy();
    } finally {
      echo.close();
    }
  });

  it('is refused when its key is another one', async () => {
    const configFile = path.join(server.folder, 'other_config');
    const known = path.join(server.folder, 'other_known');
    const other = crypto.generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    const head = Buffer.from('0000000b7373682d6564323535313900000020', 'hex');
    const blob = Buffer.concat([head, Buffer.from(other, 'base64url')]).toString('base64');
    fs.writeFileSync(known, `[127.0.0.1]:${server.port} ssh-ed25519 ${blob}\n`);
    const text = fs.readFileSync(server.configFile, 'utf8');
    fs.writeFileSync(configFile, text.replace(/^UserKnownHostsFile .*$/mu, `UserKnownHostsFile ${known}`));
    const others = machinesOf(configFile);
    try {
      await assert.rejects(
        others.open('router', never),
        (error) => error instanceof ExpectedError && error.code === 'host-key-changed',
      );
    } finally {
      await others.close();
    }
  });
});

function isAlive(pid: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
}
