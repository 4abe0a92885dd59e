import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Server, type Connection, type ServerConfig } from 'ssh2';
import type { HostKeyQuestion, SecretQuestion } from '../../../../../src/machine/person';
import { connectHost } from '../../../../../src/machine/ssh/connect/connectHost';
import type { ConnectedTransport } from '../../../../../src/machine/ssh/connect/parts';
import { missingParts } from '../../../../../src/machine/ssh/connect/ssh2Private';
import type { Transport } from '../../../../../src/machine/ssh/transport';
import { makeKey, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { failureOf, never, optionsAt, optionsFor, partsWith } from './support';

const echo = async (transport: Transport): Promise<string> => {
  const channel = await transport.open({ kind: 'exec', line: 'echo here' }, never);
  return (await text(channel.stdout)).trim();
};

/** A server of ssh2 for what OpenSSH does not do. */
async function startFakeServer(
  folder: string,
  config: Partial<ServerConfig>,
  onClient: (client: Connection) => void,
): Promise<{ readonly port: number; readonly knownHosts: string; close(): void }> {
  const key = path.join(folder, `fake-${Math.random()}`);
  makeKey(key, 'rsa');
  const clients = new Set<Connection>();
  const server = new Server({ hostKeys: [fs.readFileSync(key)], ...config }, (client) => {
    clients.add(client);
    client.on('error', () => undefined);
    onClient(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const knownHosts = `${key}.known`;
  const publicKey = fs.readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  fs.writeFileSync(knownHosts, `[127.0.0.1]:${port} ${publicKey}\n`);
  return {
    port,
    knownHosts,
    close: () => {
      for (const client of clients) client.end();
      server.close();
    },
  };
}

describe('connecting to a host', () => {
  let server: SshServer;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['LogLevel VERBOSE'] });
  });
  after(() => server?.stop());

  it('finds in ssh2 all that it uses beyond its interface', () => {
    const client = new Client();
    const socket = new net.Socket();
    client.on('error', () => undefined).connect({ sock: socket, username: 'nobody', readyTimeout: 0 });
    assert.deepEqual(missingParts(client), []);
    socket.destroy();
  });

  describe('through others', () => {
    it('goes through three jump hosts, each with its own options and its key judged', async () => {
      const chain = await Promise.all(['one', 'two', 'three'].map((alias) => startSshServer({ alias })));
      try {
        const [one, two, three] = chain as [SshServer, SshServer, SshServer];
        const hosts = { one: optionsFor(one), two: optionsFor(two), three: optionsFor(three) };
        const target = optionsFor(server, { proxyJump: ['one', 'root@two', 'three'] });
        const transport = (await connectHost(target, partsWith(undefined, { hosts }), never)) as ConnectedTransport;
        assert.equal(await echo(transport), 'here');
        assert.deepEqual(transport.facts.via, ['one', 'two', 'three']);
        assert.equal(transport.facts.address, null);
        transport.close();
        await transport.closed;
        const unknown = { ...hosts, two: { ...hosts.two, userKnownHostsFiles: [] } };
        const { code, message } = await failureOf(connectHost(target, partsWith(undefined, { hosts: unknown }), never));
        assert.equal(code, 'host-key-unknown');
        assert.match(message, /two/u);
      } finally {
        await Promise.all(chain.map((each) => each.stop()));
      }
    });

    it('refuses a circle', async () => {
      const hosts = {
        a: optionsAt(1, { alias: 'a', proxyJump: ['b'] }),
        b: optionsAt(2, { alias: 'b', proxyJump: ['a'] }),
      };
      const { code, message } = await failureOf(connectHost(hosts.a, partsWith(undefined, { hosts }), never));
      assert.equal(code, 'invalid-input');
      assert.match(message, /circle/u);
    });

    it('runs a ProxyCommand, tells what it wrote when it fails, and ends it with the connection', async () => {
      const file = path.join(server.folder, 'proxy-pid');
      const relay = `sh -c 'echo $$ > ${file}; exec ${process.execPath} -e "const s=require(\\"net\\").connect(${server.port},\\"127.0.0.1\\");process.stdin.pipe(s).pipe(process.stdout)"'`;
      const transport = await connectHost(optionsFor(server, { proxyCommand: relay }), partsWith(), never);
      assert.equal(await echo(transport), 'here');
      const pid = Number(fs.readFileSync(file, 'utf8'));
      process.kill(pid, 0);
      transport.close();
      await transport.closed;
      for (let round = 0; round < 100 && fs.existsSync(`/proc/${pid}`); round++) await pause(30);
      assert.ok(!fs.existsSync(`/proc/${pid}`));
      const failing = optionsFor(server, { proxyCommand: 'echo no such gate >&2; exit 3' });
      const { message } = await failureOf(connectHost(failing, partsWith(), never));
      assert.match(message, /no such gate/u);
      const untrusted = partsWith(undefined, { trusted: () => false });
      assert.equal((await failureOf(connectHost(failing, untrusted, never))).code, 'denied');
    });

    it('says which host cannot reach which', async () => {
      const probe = net.createServer().listen(0, '127.0.0.1');
      await once(probe, 'listening');
      const { port } = probe.address() as net.AddressInfo;
      probe.close();
      const hosts = { gate: optionsFor(server, { alias: 'gate' }) };
      const target = optionsAt(port, { alias: 'inner', proxyJump: ['gate'] });
      const { code, message } = await failureOf(connectHost(target, partsWith(undefined, { hosts }), never));
      assert.equal(code, 'refused');
      assert.match(message, /gate .*cannot reach 127\.0\.0\.1/u);
    });
  });

  describe('whose key', () => {
    const fileWith = (lines: string): string => {
      const file = path.join(server.folder, `known-${Math.random()}`);
      fs.writeFileSync(file, lines);
      return file;
    };
    const otherKey = (): string => {
      const file = makeKey(path.join(server.folder, `other-${Math.random()}`), 'ed25519');
      return fs.readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
    };

    it('is unknown: asks with fingerprint and picture, and does as is answered', async () => {
      const known = fileWith('');
      const options = optionsFor(server, { strictHostKeyChecking: 'ask', userKnownHostsFiles: [known] });
      const refusing = partsWith(() => null);
      assert.equal((await failureOf(connectHost(options, refusing, never))).code, 'host-key-unknown');
      const [question] = refusing.asked as HostKeyQuestion[];
      const shown = execFileSync('ssh-keygen', ['-lvf', `${server.hostKeys['ed25519']}.pub`], { encoding: 'utf8' });
      assert.ok(shown.includes(question?.fingerprint ?? '?') && shown.includes(question?.art ?? '?'));
      (
        await connectHost(
          options,
          partsWith(() => 'once'),
          never,
        )
      ).close();
      assert.equal(fs.readFileSync(known, 'utf8'), '');
      (
        await connectHost(
          options,
          partsWith(() => 'trust'),
          never,
        )
      ).close();
      assert.equal(fs.readFileSync(known, 'utf8'), fs.readFileSync(server.knownHostsFile, 'utf8'));
      const silent = partsWith(() => 'trust');
      (await connectHost(options, silent, never)).close();
      assert.equal(silent.asked.length, 0);
    });

    it('is unknown: StrictHostKeyChecking decides, and nobody is asked in BatchMode', async () => {
      const options = optionsFor(server, { userKnownHostsFiles: [fileWith('')] });
      const person = partsWith(() => 'trust');
      const strict = await failureOf(connectHost({ ...options, strictHostKeyChecking: 'yes' }, person, never));
      assert.match(strict.message, /StrictHostKeyChecking yes.*SHA256:|SHA256:.*StrictHostKeyChecking yes/u);
      const batch = { ...options, strictHostKeyChecking: 'ask', batchMode: true } as const;
      assert.equal((await failureOf(connectHost(batch, person, never))).code, 'host-key-unknown');
      assert.equal(person.asked.length, 0);
      for (const strictHostKeyChecking of ['accept-new', 'no'] as const) {
        const known = fileWith('');
        const file = { ...options, strictHostKeyChecking, userKnownHostsFiles: [known] };
        (await connectHost(file, person, never)).close();
        assert.match(fs.readFileSync(known, 'utf8'), /ssh-ed25519/u);
      }
    });

    it('has changed: refused in every mode before anything was sent, whatever is answered', async () => {
      for (const strictHostKeyChecking of ['yes', 'ask', 'accept-new', 'no'] as const) {
        const fresh = await startSshServer({ config: ['PasswordAuthentication yes', 'UsePAM yes'] });
        try {
          const known = fileWith(`# a comment\n[127.0.0.1]:${fresh.port} ${otherKey()}\n`);
          const parts = partsWith((question) =>
            question.kind === 'hostKey' ? 'trust' : { texts: ['x'], keep: false },
          );
          parts.kept.set(`ssh-password:${fresh.user}@${fresh.host}:${fresh.port}`, 'secret');
          const options = optionsFor(fresh, { strictHostKeyChecking, userKnownHostsFiles: [known] });
          const { code, message } = await failureOf(connectHost(options, parts, never));
          assert.equal(code, 'host-key-changed');
          assert.match(message, /SHA256:.*SHA256:.*line 2/u);
          assert.equal((parts.asked[0] as HostKeyQuestion).changed?.line, 2);
          assert.equal(parts.asked.length, 1);
          await fresh.logged(/Connection (closed|reset) by|kex_exchange|Connection reset/u);
          assert.ok(!/userauth-request|Failed|Postponed/u.test(fresh.log()), fresh.log());
        } finally {
          await fresh.stop();
        }
      }
    });

    it('is revoked: refused', async () => {
      const lines = fs.readFileSync(server.knownHostsFile, 'utf8');
      const known = fileWith(`${lines}@revoked * ${lines.split(' ').slice(1).join(' ')}`);
      const { code } = await failureOf(
        connectHost(optionsFor(server, { userKnownHostsFiles: [known] }), partsWith(), never),
      );
      assert.equal(code, 'host-key-revoked');
    });

    it('is known of another type: that type is asked for', async () => {
      const both = await startSshServer({ hostKeyTypes: ['ed25519', 'rsa', 'ecdsa'] });
      try {
        const lines = fs.readFileSync(both.knownHostsFile, 'utf8').split('\n');
        for (const type of ['ssh-rsa', 'ecdsa-sha2']) {
          const known = fileWith(`${lines.find((line) => line.includes(type))}\n`);
          const transport = await connectHost(optionsFor(both, { userKnownHostsFiles: [known] }), partsWith(), never);
          const { hostKey } = (transport as ConnectedTransport).facts.algorithms ?? { hostKey: '' };
          assert.ok(hostKey.startsWith(type === 'ssh-rsa' ? 'rsa-sha2-' : type), hostKey);
          transport.close();
        }
      } finally {
        await both.stop();
      }
    });
  });

  describe('that misbehaves', () => {
    it('never says that it speaks SSH', async () => {
      const mute = net.createServer().listen(0, '127.0.0.1');
      await once(mute, 'listening');
      const { port } = mute.address() as net.AddressInfo;
      const { code, message } = await failureOf(
        connectHost(optionsAt(port, { connectTimeoutSeconds: 0.3 }), partsWith(), never),
      );
      assert.equal(code, 'timed-out');
      assert.match(message, /step: banner/u);
      mute.close();
    });

    it('speaks something else, closes at once, dies within the key exchange', async () => {
      const say = async (bytes: string, end: boolean): Promise<{ code: string; message: string }> => {
        const odd = net.createServer((socket) => {
          socket.on('error', () => undefined);
          if (end) socket.end(bytes);
          else socket.write(bytes, () => setTimeout(() => socket.destroy(), 100));
        });
        odd.listen(0, '127.0.0.1');
        await once(odd, 'listening');
        const { port } = odd.address() as net.AddressInfo;
        const failure = await failureOf(connectHost(optionsAt(port, { connectTimeoutSeconds: 2 }), partsWith(), never));
        odd.close();
        return failure;
      };
      assert.match((await say('SSH-1.5-old\r\n', false)).message, /does not speak SSH 2|key exchange/u);
      assert.match((await say('', true)).message, /closed the connection before it spoke SSH/u);
      assert.match((await say('SSH-2.0-dies\r\n', false)).message, /during the key exchange/u);
    });

    it('is not there, or is told to stop', async () => {
      const probe = net.createServer().listen(0, '127.0.0.1');
      await once(probe, 'listening');
      const { port } = probe.address() as net.AddressInfo;
      const controller = new AbortController();
      const stopped = failureOf(connectHost(optionsAt(port), partsWith(), controller.signal));
      setTimeout(() => controller.abort(), 50);
      assert.equal((await stopped).code, 'CancelledError');
      probe.close();
      assert.equal((await failureOf(connectHost(optionsAt(port), partsWith(), never))).code, 'refused');
    });

    it('has a name that nobody knows', async () => {
      const options = optionsAt(22, { hostName: 'nowhere.invalid' });
      const { code, message } = await failureOf(connectHost(options, partsWith(), never));
      // Without name servers on this machine it is those that did not answer.
      assert.match(`${code}: ${message}`, /^(not-found: .*no address|failed: .*name servers).* nowhere\.invalid\. /);
    });

    it('has old algorithms only: refused with what it offers, unless they are named', async () => {
      const algorithms = {
        kex: ['diffie-hellman-group1-sha1'],
        serverHostKey: ['ssh-rsa'],
        cipher: ['aes128-cbc'],
        hmac: ['hmac-sha1'],
      } as unknown as NonNullable<ServerConfig['algorithms']>;
      const old = await startFakeServer(server.folder, { algorithms }, (client) => {
        client.on('authentication', (attempt) => attempt.accept());
        client.on('ready', () => undefined);
      });
      try {
        const options = optionsAt(old.port, { userKnownHostsFiles: [old.knownHosts] });
        const { code, message } = await failureOf(connectHost(options, partsWith(), never));
        assert.equal(code, 'no-common-algorithm');
        assert.match(message, /KexAlgorithms \+diffie-hellman-group1-sha1/u);
        const named = {
          ...options,
          kexAlgorithms: ['curve25519-sha256', 'diffie-hellman-group1-sha1'],
          hostKeyAlgorithms: ['ssh-ed25519', 'ssh-rsa'],
          ciphers: ['aes128-gcm@openssh.com', 'aes128-cbc'],
        };
        const transport = (await connectHost(named, partsWith(), never)) as ConnectedTransport;
        assert.match(transport.facts.remarks.join(), /diffie-hellman-group1-sha1, ssh-rsa, aes128-cbc/u);
        transport.close();
      } finally {
        old.close();
      }
    });

    it('asks several questions at once, and again', async () => {
      const rounds: string[][] = [];
      const asking = await startFakeServer(server.folder, {}, (client) => {
        client.on('authentication', (attempt) => {
          if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
          attempt.prompt(
            [
              { prompt: 'Password: ', echo: false },
              { prompt: 'Token\u001b[31m: ', echo: true },
            ],
            'Welcome',
            'Two of them',
            (answers) => {
              rounds.push([...answers]);
              if (answers[1] === '42') attempt.accept();
              else attempt.reject(['keyboard-interactive']);
            },
          );
        });
        client.on('ready', () => undefined);
      });
      try {
        const tokens = ['41', '42'];
        const parts = partsWith(() => ({ texts: ['pw', tokens.shift() ?? ''], keep: true }));
        const options = optionsAt(asking.port, { userKnownHostsFiles: [asking.knownHosts] });
        (await connectHost(options, parts, never)).close();
        assert.deepEqual(rounds, [
          ['pw', '41'],
          ['pw', '42'],
        ]);
        const [first, second] = parts.asked as [SecretQuestion, SecretQuestion];
        assert.deepEqual(first.prompts, [
          { text: 'Password:', echo: false },
          { text: 'Token [31m:', echo: true },
        ]);
        assert.deepEqual([first.canKeep, first.instruction, first.refusal], [false, 'Welcome\nTwo of them', '']);
        assert.notEqual(second.refusal, '');
        assert.equal(parts.kept.size, 0);
      } finally {
        asking.close();
      }
    });
  });

  describe('by the system’s ssh', () => {
    const system = { kind: 'system', remarks: [] } as unknown as Transport;
    const withSystem = partsWith(undefined, { system: () => Promise.resolve(system) });

    it('where ssh2 cannot do it: post-quantum only, GSSAPI only, certificates, security keys, authorities', async () => {
      const at = (name: string): string => path.join(server.folder, name);
      makeKey(at('plain'), 'ed25519');
      fs.writeFileSync(at('certified'), fs.readFileSync(at('plain')), { mode: 0o600 });
      fs.writeFileSync(at('certified-cert.pub'), 'any');
      const blob = Buffer.concat(
        ['sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 1), 'ssh:'].map((part) => {
          const bytes = Buffer.from(part);
          return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
        }),
      );
      fs.writeFileSync(at('token.pub'), `sk-ssh-ed25519@openssh.com ${blob.toString('base64')} me\n`);
      fs.writeFileSync(at('token'), 'x', { mode: 0o600 });
      const key = fs.readFileSync(at('plain.pub'), 'utf8');
      fs.writeFileSync(at('authority'), `@cert-authority * ${key}`);
      const cases = [
        { kexAlgorithms: ['mlkem768x25519-sha256', 'sntrup761x25519-sha512@openssh.com'] },
        { gssapiAuthentication: true, preferredAuthentications: ['gssapi-with-mic'] },
        { identityFiles: [at('certified')] },
        { identityFiles: [at('token')] },
        { userKnownHostsFiles: [at('authority')] },
      ];
      for (const changes of cases) {
        const options = optionsFor(server, changes);
        const transport = await connectHost(options, withSystem, never);
        assert.match(transport.remarks.join(), /By the ssh of this computer, because/u, JSON.stringify(changes));
        assert.equal((await failureOf(connectHost(options, partsWith(), never))).code, 'unsupported');
      }
      const mixed = optionsFor(server, { identityFiles: [at('token'), server.keyFile] });
      (await connectHost(mixed, partsWith(), never)).close();
    });

    it('after a key exchange without a common algorithm', async () => {
      const modern = await startSshServer({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
      try {
        assert.match(
          (await connectHost(optionsFor(modern), withSystem, never)).remarks.join(),
          /no algorithm in common with the built-in SSH/u,
        );
        const { code, message } = await failureOf(connectHost(optionsFor(modern), partsWith(), never));
        assert.equal(code, 'no-common-algorithm');
        assert.match(message, /sntrup761x25519.*ssh of this computer/u);
      } finally {
        await modern.stop();
      }
    });
  });
});
