import * as assert from 'node:assert/strict';
import { KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { openSocket, writeTogether } from '../../../../../src/machine/ssh/connect/socket';
import { keepKeyObjects, sendContentUncopied } from '../../../../../src/machine/ssh/connect/ssh2Content';
import { startRekey } from '../../../../../src/machine/ssh/connect/ssh2Private';
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

describe('content that is sent uncopied', () => {
  let server: SshServer;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['LogLevel INFO'] });
  });
  after(() => server?.stop());

  for (const [cipher, compress] of [
    ['aes128-gcm@openssh.com', 'none'],
    ['aes256-gcm@openssh.com', 'none'],
    ['aes128-gcm@openssh.com', 'zlib@openssh.com'],
    ['aes128-ctr', 'none'],
  ] as const) {
    it(`arrives as it was, in pieces of every size, over key exchanges (${cipher}, compression ${compress})`, async () => {
      const client = new Client();
      client.on('handshake', () => keepKeyObjects(client));
      const privateKey = fs.readFileSync(server.keyFile);
      const { host, port, user: username } = server;
      const algorithms = { cipher: [cipher], compress: [compress] };
      client.connect({ host, port, username, privateKey, algorithms, hostVerifier: () => true });
      sendContentUncopied(client);
      await once(client, 'ready');
      let copied = 0;
      const watch = (): void => {
        const sending = Reflect.get(Reflect.get(client, '_protocol') as object, '_cipher') as Packets;
        const original = sending.allocPacket.bind(sending);
        sending.allocPacket = (length) => {
          if (length > 8_192) copied += 1;
          return original(length);
        };
      };
      client.on('handshake', watch);
      watch();
      const content = randomBytes(12_000_000);
      const received: Buffer[] = [];
      await new Promise((resolve, reject) =>
        client.exec('cat', (error, channel) => {
          if (error) return reject(error);
          channel.on('data', (chunk: Buffer) => received.push(chunk)).on('close', resolve);
          const sizes = [1, 8_191, 8_192, 8_193, 8_200, 32_759, 32_768, 40_000, 100_001];
          for (let at = 0, index = 0; at < content.length; index += 1) {
            const size = sizes[index % sizes.length] ?? 1;
            channel.write(content.subarray(at, at + size));
            at += size;
            if (index === 100) startRekey(client);
          }
          channel.end();
        }),
      );
      assert.ok(Buffer.concat(received).equals(content));
      if (cipher.includes('gcm') && compress === 'none') assert.ok(copied < 200, `${copied} packets were copied`);
      client.end();
      await once(client, 'close');
    });
  }
});

interface Packets {
  allocPacket(length: number): Buffer;
}

/** Of the two directions. */
function keysOf(client: Client): readonly unknown[] {
  const member = (holder: unknown, name: string): unknown => Reflect.get(holder as object, name);
  const protocol = member(client, '_protocol');
  return [member(member(protocol, '_cipher'), '_encKey'), member(member(protocol, '_decipher'), '_decipherKey')];
}
