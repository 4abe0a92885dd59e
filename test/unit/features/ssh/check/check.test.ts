import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { checkTool } from '../../../../../src/features/ssh/checkTools';
import { conclude, isWeak } from '../../../../../src/features/ssh/core/check/conclusion';
import {
  checkResult,
  type CheckedHop,
  type CheckedStep,
  type CheckResult,
} from '../../../../../src/features/ssh/core/check/schema';
import { checkReport } from '../../../../../src/features/ssh/report/check';
import { reportSchema } from '../../../../../src/report/schema';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import { freePort, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';

function step(kind: CheckedStep['kind'], elapsedMs = 1, state: CheckedStep['state'] = 'ok', message = ''): CheckedStep {
  return { kind, elapsedMs, state, message };
}

function hop(steps: CheckedStep[], more: Partial<CheckedHop> = {}): CheckedHop {
  return {
    name: 'web01',
    address: '10.0.0.7',
    port: 22,
    user: 'op',
    by: { transport: 'ssh2', reason: '' },
    steps,
    banner: 'SSH-2.0-OpenSSH_9.2',
    algorithms: {
      kex: 'curve25519-sha256',
      hostKey: 'ssh-ed25519',
      cipher: 'aes128-gcm@openssh.com',
      mac: '',
      compression: 'none',
    },
    offered: null,
    hostKey: { type: 'ssh-ed25519', sha256: 'SHA256:x', verdict: 'known' },
    tries: [],
    accepted: null,
    ...more,
  };
}

const result = (...hops: CheckedHop[]): CheckResult => ({
  host: 'web01',
  totalMs: hops.flatMap(({ steps }) => steps).reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
  hops,
});

const refused = { method: 'publickey', credential: '~/.ssh/id_ed25519', outcome: 'refused', message: '' } as const;
const authFailed = step('authentication', 5, 'failed', 'permission denied');

describe('the verdict on a connection', () => {
  const cases: readonly (readonly [string, CheckResult, string, RegExp])[] = [
    ['that works', result(hop([step('tcp', 3), step('shell', 9)])), 'ok', /^web01 is reached in 12 ms\.$/],
    [
      'whose login shell is slow',
      result(hop([step('tcp', 200), step('shell', 900)])),
      'warning',
      /900 ms of 1,100 ms is its login shell/,
    ],
    [
      'whose key is refused',
      result(hop([authFailed], { tries: [refused], accepted: ['publickey'] })),
      'error',
      /id_ed25519 is offered to web01 but refused; the server accepts only publickey\.$/,
    ],
    [
      'that refuses several keys',
      result(hop([authFailed], { tries: [refused, refused], accepted: ['publickey', 'password'] })),
      'error',
      /^2 keys are offered .* accepts publickey, password\.$/,
    ],
    [
      'for which there is no key',
      result(
        hop([authFailed], {
          tries: [{ ...refused, outcome: 'skipped', message: 'it is encrypted' }],
          accepted: ['publickey'],
        }),
      ),
      'error',
      /^No key could be offered to web01/,
    ],
    [
      'where nothing listens',
      result(hop([step('tcp', 1, 'failed', 'Nothing listens on port 22 of 10.0.0.7.')])),
      'error',
      /^Nothing listens on port 22/,
    ],
    [
      'with old algorithms',
      result(
        hop([step('tcp')], {
          algorithms: {
            kex: 'diffie-hellman-group14-sha1',
            hostKey: 'ssh-rsa',
            cipher: 'aes128-ctr',
            mac: 'hmac-sha1',
            compression: 'none',
          },
        }),
      ),
      'warning',
      /group14-sha1, ssh-rsa, hmac-sha1/,
    ],
    ['that was not looked at', result(), 'error', /was not looked at/],
  ];
  for (const [what, checked, status, verdict] of cases) {
    it(`tells of one ${what}`, () => {
      const report = checkReport(checkResult.parse(checked));
      assert.equal(report.status, status, report.verdict);
      assert.match(report.verdict, verdict);
      reportSchema.parse(report);
    });
  }

  it('has a section for each hop where there are several, and says which one failed', () => {
    const behind = hop([step('tcp', 1, 'failed', 'web01 does not answer.')]);
    const report = checkReport(result({ ...hop([step('tcp')]), name: 'bastion' }, behind));
    assert.deepEqual(
      report.blocks.map((block) => (block.kind === 'section' ? block.title : block.kind)),
      ['timeline', 'bastion', 'web01'],
    );
    assert.equal(report.verdict, 'web01 does not answer.');
  });

  it('knows what is old', () => {
    for (const name of [
      'ssh-rsa',
      'ssh-dss',
      'diffie-hellman-group1-sha1',
      'aes256-cbc',
      'arcfour256',
      'hmac-md5',
      'hmac-sha1-96',
    ]) {
      assert.ok(isWeak(name), name);
    }
    for (const name of [
      'rsa-sha2-512',
      'ssh-ed25519',
      'curve25519-sha256',
      'aes256-gcm@openssh.com',
      'hmac-sha2-256-etm@openssh.com',
      'chacha20-poly1305@openssh.com',
    ]) {
      assert.ok(!isWeak(name), name);
    }
  });

  it('is about the first thing that failed', () => {
    assert.equal(
      conclude(result(hop([step('name', 1, 'failed', 'no such name'), step('tcp', 1, 'failed')]))).kind,
      'failed',
    );
  });
});

describe('ssh.check of a real sshd (Linux only)', function () {
  this.timeout(30_000);
  let server: SshServer;
  let machines: OwnedMachines;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
    machines = machinesOf(server.configFile);
  });

  after(async () => {
    await machines?.close();
    await server?.stop();
  });

  async function check(host: string): Promise<CheckResult> {
    const local = await machines.open('local', new AbortController().signal);
    let last: CheckResult | undefined;
    for await (const one of checkTool.run({ host }, runContextOf(local, { machines }))) last = checkResult.parse(one);
    return last ?? assert.fail();
  }

  it('goes through every step, with the key of the server and what it offers', async () => {
    const { hops } = await check(server.alias);
    const [only] = hops;
    assert.deepEqual(
      only?.steps.map(({ kind, state }) => `${kind} ${state}`),
      [
        'name ok',
        'tcp ok',
        'banner ok',
        'key-exchange ok',
        'host-key ok',
        'authentication ok',
        'channel ok',
        'shell ok',
      ],
    );
    assert.match(only?.banner ?? '', /^SSH-2\.0-OpenSSH/);
    assert.equal(only?.hostKey?.verdict, 'known');
    assert.ok((only?.offered?.kex.length ?? 0) > 3);
  });

  it('says that the key is refused, and what the server accepts', async () => {
    const keys = fs.readFileSync(server.authorizedKeysFile);
    fs.writeFileSync(server.authorizedKeysFile, '');
    try {
      const report = checkReport(await check(server.alias));
      assert.equal(report.status, 'error');
      assert.match(report.verdict, /offered to peer.* but refused; the server accepts only publickey/);
    } finally {
      fs.writeFileSync(server.authorizedKeysFile, keys);
    }
  });

  it('says that nothing listens, and that something else does', async () => {
    const port = await freePort();
    const nobody = checkReport(await check(`root@127.0.0.1:${port}`));
    assert.equal(nobody.status, 'error');
    assert.match(nobody.verdict, new RegExp(String(port)));
    const other = net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    try {
      const checked = await check(`root@127.0.0.1:${(other.address() as net.AddressInfo).port}`);
      assert.equal(checked.hops[0]?.steps.at(-1)?.kind, 'banner', JSON.stringify(checked.hops[0]?.steps));
      assert.equal(checkReport(checked).status, 'error');
    } finally {
      other.close();
    }
  });
});
