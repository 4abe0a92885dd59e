import * as assert from 'node:assert/strict';
import { localUrl, socksLines } from '../../../../../src/features/ssh/core/tunnel/addresses';
import { tunnelInput, wantedOf } from '../../../../../src/features/ssh/core/tunnel/inputs';
import { readForward, readTarget, readWords } from '../../../../../src/features/ssh/core/tunnel/wanted';
import { ExpectedError } from '../../../../../src/lib/errors';
import { printTunnelSpec } from '../../../../../src/machine/ssh/tunnels/spec';

function printed(input: Parameters<typeof wantedOf>[0]): readonly string[] {
  return wantedOf(input).map(({ spec, anyPort }) => `${spec.kind} ${printTunnelSpec(spec)}${anyPort ? ' (any)' : ''}`);
}

describe('what tunnels are asked for', () => {
  it('is read as ssh has it, several at once', () => {
    assert.deepEqual(
      printed({ local: '8080:db:5432, 0.0.0.0:81:web:80', remote: '9000:localhost:3000', dynamic: '1080' }),
      ['local 8080:db:5432', 'local 0.0.0.0:81:web:80', 'remote 9000:localhost:3000', 'dynamic 1080'],
    );
    assert.deepEqual(printed({ spec: 'ssh -N -L 8080:db:5432 -D1080 -R9000:localhost:3000' }), [
      'local 8080:db:5432',
      'dynamic 1080',
      'remote 9000:localhost:3000',
    ]);
  });

  it('may be a target alone: the same port here, the usual other one for those of root, any where it is taken', () => {
    assert.deepEqual(printed({ local: 'db:5432 6379 web:80 [fd00::1]:443 /run/docker.sock' }), [
      'local 5432:db:5432 (any)',
      'local 6379:localhost:6379 (any)',
      'local 8080:web:80 (any)',
      'local 8443:[fd00::1]:443 (any)',
      'local 0:/run/docker.sock (any)',
    ]);
    assert.deepEqual(readForward('remote', '3000').anyPort, false);
    assert.equal(readTarget('8080:db:5432'), null);
    assert.equal(readTarget('nonsense'), null);
  });

  it('is refused field by field, in words that say what is wrong', () => {
    const refused = tunnelInput.safeParse({ local: '8080:db:99999' });
    assert.match(refused.error?.issues[0]?.message ?? '', /“99999” is not a port/);
    assert.deepEqual(refused.error?.issues[0]?.path, ['local']);
    assert.match(
      tunnelInput.safeParse({ local: 'db:99999' }).error?.issues[0]?.message ?? '',
      /^“db:99999” .*“99999” is not a port/,
    );
    assert.match(tunnelInput.safeParse({ dynamic: 'x' }).error?.issues[0]?.message ?? '', /Write \[address:\]port/);
    for (const words of ['-X 1:a:2', '-L', '-N -D']) {
      assert.throws(
        () => readWords(words),
        (error) => error instanceof ExpectedError && /Write -L, -R or -D/.test(error.message),
      );
    }
  });

  it('becomes an address for browsers and for programs that take a proxy', () => {
    const end = (host: string, port: number) => ({ text: `${host}:${port}`, host, port });
    const local = { kind: 'local', listen: end('*', 9000), target: end('web', 443) } as const;
    assert.equal(localUrl(local), 'https://localhost:9000/');
    assert.equal(
      localUrl({ ...local, listen: end('localhost', 8080), target: end('web', 80) }),
      'http://localhost:8080/',
    );
    assert.equal(localUrl({ ...local, kind: 'remote' }), null);
    assert.equal(socksLines(end('localhost', 1080))[0], 'socks5h://localhost:1080');
  });
});
