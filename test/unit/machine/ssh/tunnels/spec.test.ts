import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { ExpectedError } from '../../../../../src/lib/errors';
import { listensBeyondLoopback, parseTunnelSpec, printTunnelSpec } from '../../../../../src/machine/ssh/tunnels/spec';
import type { TunnelEnd, TunnelSpec } from '../../../../../src/machine/tunnel';

function tcp(host: string, port: number): TunnelEnd {
  return { kind: 'tcp', host, port };
}

function unix(path: string): TunnelEnd {
  return { kind: 'unix', path };
}

describe('what a tunnel is, as text', () => {
  const cases: readonly (readonly [string, TunnelEnd, TunnelEnd])[] = [
    ['8080:web:80', tcp('localhost', 8080), tcp('web', 80)],
    ['127.0.0.2:8080:web:80', tcp('127.0.0.2', 8080), tcp('web', 80)],
    ['[::1]:8080:[2001:db8::1]:443', tcp('::1', 8080), tcp('2001:db8::1', 443)],
    ['*:8080:web:80', tcp('*', 8080), tcp('web', 80)],
    [':8080:web:80', tcp('*', 8080), tcp('web', 80)],
    ['8080:/run/x.sock', tcp('localhost', 8080), unix('/run/x.sock')],
    ['*:8080:/run/x.sock', tcp('*', 8080), unix('/run/x.sock')],
    ['/tmp/l:/run/x.sock', unix('/tmp/l'), unix('/run/x.sock')],
    ['/tmp/l:db:5432', unix('/tmp/l'), tcp('db', 5432)],
    ['/tmp/a\\:b:db:5432', unix('/tmp/a:b'), tcp('db', 5432)],
    ['  8080:web:80 ', tcp('localhost', 8080), tcp('web', 80)],
  ];

  it('is read as ssh has it after -L and -R', () => {
    for (const [text, listen, target] of cases) {
      for (const kind of ['local', 'remote'] as const) {
        assert.deepEqual(parseTunnelSpec(kind, text), { kind, listen, target }, text);
      }
    }
  });

  it('is read as ssh itself reads it', function () {
    const shown = (end: TunnelEnd): string => (end.kind === 'unix' ? end.path : `[${end.host}]:${end.port}`);
    for (const [text, listen, target] of cases) {
      const dump = execFileSync('ssh', ['-F', 'none', '-G', '-L', text.trim(), 'host'], { encoding: 'utf8' });
      const line = dump.split('\n').find((candidate) => candidate.startsWith('localforward ')) ?? '';
      const own = listen.kind === 'tcp' && listen.host === 'localhost' ? String(listen.port) : shown(listen);
      // ssh shows an empty address as it is, which it takes for every one.
      assert.equal(line.replace('[]', '[*]'), `localforward ${own} ${shown(target)}`, text);
    }
  });

  it('is read after -D', () => {
    assert.deepEqual(parseTunnelSpec('dynamic', '1080'), { kind: 'dynamic', listen: tcp('localhost', 1080) });
    assert.deepEqual(parseTunnelSpec('dynamic', '[::]:0'), { kind: 'dynamic', listen: tcp('::', 0) });
    assert.deepEqual(parseTunnelSpec('dynamic', '/tmp/s'), { kind: 'dynamic', listen: unix('/tmp/s') });
  });

  it('is refused with a reason where it is none', () => {
    const wrong = [
      '',
      '8080',
      '8080:web',
      'web:80',
      'x:web:80',
      '8080:web:0',
      '8080:web:65536',
      '1:2:3:4:5',
      '::1:80:a:80',
    ];
    const more = ['[::1:80:a:80', '80:a:80\\', '80:a b:80', '80:a/b:80', 'x/y:a:80', '80:a:http', '-1:a:80', '80::80'];
    for (const text of [...wrong, ...more]) {
      assert.throws(() => parseTunnelSpec('local', text), { name: 'ExpectedError', code: 'invalid-input' }, text);
    }
    for (const text of ['', 'a:b:c', '80:web:80', '99999', '1080x']) {
      assert.throws(() => parseTunnelSpec('dynamic', text), { code: 'invalid-input' }, text);
    }
  });

  it('never fails otherwise, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('local', 'remote', 'dynamic'), (text, kind) => {
        try {
          const spec = parseTunnelSpec(kind, text);
          assert.deepEqual(parseTunnelSpec(kind, printTunnelSpec(spec)), spec);
        } catch (error) {
          assert.ok(error instanceof ExpectedError && error.code === 'invalid-input', String(error));
        }
      }),
    );
  });

  it('comes back from its print', () => {
    const host = fc.constantFrom('localhost', '*', '::1', 'web-1.example', '10.0.0.1');
    const end = fc.oneof(
      fc.record(
        { kind: fc.constant('tcp' as const), host, port: fc.integer({ min: 1, max: 65_535 }) },
        { noNullPrototype: true },
      ),
      fc.string({ unit: fc.constantFrom('a', ':', '\\', '[', ']', ' x', '/', 'é') }).map((path) => unix(`/${path}y`)),
    );
    fc.assert(
      fc.property(end, end, fc.constantFrom('local', 'remote'), (listen, target, kind) => {
        const spec: TunnelSpec = { kind, listen, target };
        assert.deepEqual(parseTunnelSpec(kind, printTunnelSpec(spec)), spec);
      }),
    );
  });

  it('tells what others may reach', () => {
    for (const text of ['80:a:80', '127.0.0.9:80:a:80', '[::1]:80:a:80', '/tmp/x:a:80']) {
      assert.equal(listensBeyondLoopback(parseTunnelSpec('local', text)), false, text);
    }
    for (const text of ['*:80:a:80', ':80:a:80', '0.0.0.0:80:a:80', '[::]:80:a:80', '192.168.1.1:80:a:80']) {
      assert.equal(listensBeyondLoopback(parseTunnelSpec('local', text)), true, text);
    }
  });
});
