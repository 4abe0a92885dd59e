import * as assert from 'node:assert/strict';
import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { openSocket, writeTogether } from '../../../../../src/machine/ssh/connect/socket';
import { keepKeyObjects, startRekey } from '../../../../../src/machine/ssh/connect/ssh2Private';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { never, optionsFor } from './support';

describe('what is sent', () => {
  it('leaves together when it is written in one turn, and in its order', async () => {
    const sent: string[] = [];
    const duplex = new Duplex({
      read: () => undefined,
      writev: (chunks, done) => {
        sent.push(chunks.map(({ chunk }) => String(chunk)).join(''));
        done();
      },
    });
    writeTogether(duplex);
    for (const part of ['a', 'b', 'c']) duplex.write(part);
    await new Promise(setImmediate);
    duplex.write('d');
    duplex.end('e');
    await once(duplex, 'finish');
    assert.deepEqual(sent, ['abc', 'de']);
  });

  describe('to a server', () => {
    let server: SshServer;
    before(async function () {
      if (noSshServer !== undefined) return this.skip();
      server = await startSshServer({ config: ['LogLevel INFO'] });
    });
    after(() => server?.stop());

    it('does not wait for acknowledgements', async () => {
      const set: (boolean | undefined)[] = [];
      const original = net.Socket.prototype.setNoDelay;
      net.Socket.prototype.setNoDelay = function (this: net.Socket, on?: boolean) {
        // Before it is connected it has no effect: Node makes the real socket only then.
        if (!this.connecting) set.push(on);
        return original.call(this, on);
      };
      try {
        (await openSocket(optionsFor(server), never)).destroy();
      } finally {
        net.Socket.prototype.setNoDelay = original;
      }
      assert.deepEqual(set, [true]);
    });

    for (const cipher of ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr'] as const) {
      it(`is encrypted with keys that are made once, ${cipher}`, async () => {
        const client = new Client();
        client.on('handshake', () => keepKeyObjects(client));
        const privateKey = fs.readFileSync(server.keyFile);
        const { host, port, user: username } = server;
        client.connect({
          host,
          port,
          username,
          privateKey,
          algorithms: { cipher: [cipher] },
          hostVerifier: () => true,
        });
        await once(client, 'ready');
        const areObjects = cipher.includes('gcm');
        assert.deepEqual(
          keysOf(client).map((key) => key instanceof KeyObject),
          [areObjects, areObjects],
        );
        const before = keysOf(client);
        assert.ok(startRekey(client));
        await once(client, 'handshake');
        await new Promise((resolve, reject) =>
          client.exec('true', (error, channel) => {
            if (error) reject(error);
            else channel.on('close', resolve).resume();
          }),
        );
        if (areObjects) {
          assert.deepEqual(
            keysOf(client).map((key) => key instanceof KeyObject),
            [true, true],
          );
          assert.notEqual(keysOf(client)[0], before[0]);
        }
        client.end();
        await once(client, 'close');
      });
    }
  });
});

/** Of the two directions. */
function keysOf(client: Client): readonly unknown[] {
  const member = (holder: unknown, name: string): unknown => Reflect.get(holder as object, name);
  const protocol = member(client, '_protocol');
  return [member(member(protocol, '_cipher'), '_encKey'), member(member(protocol, '_decipher'), '_decipherKey')];
}
