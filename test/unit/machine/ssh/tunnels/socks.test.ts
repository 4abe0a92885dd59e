import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MAX_SOCKS_BYTES, readSocks, socksReply } from '../../../../../src/machine/ssh/tunnels/socks';

function name(text: string): number[] {
  return [...Buffer.from(text)];
}

describe('SOCKS requests', () => {
  it('of version 4 and 4a are read', () => {
    const plain = Buffer.from([4, 1, 0, 80, 10, 0, 0, 7, ...name('me'), 0, 99]);
    assert.deepEqual(readSocks('start', plain), {
      kind: 'connect',
      used: 11,
      version: 4,
      target: { kind: 'tcp', host: '10.0.0.7', port: 80 },
    });
    const named = Buffer.from([4, 1, 1, 187, 0, 0, 0, 1, 0, ...name('web.example'), 0]);
    assert.deepEqual(readSocks('start', named), {
      kind: 'connect',
      used: named.length,
      version: 4,
      target: { kind: 'tcp', host: 'web.example', port: 443 },
    });
  });

  it('of version 5 are read with each type of address', () => {
    const greeting = Buffer.from([5, 2, 2, 0]);
    assert.deepEqual(readSocks('start', greeting), { kind: 'greeting', used: 4, answer: Uint8Array.of(5, 0) });
    const hosts: readonly (readonly [number[], string])[] = [
      [[1, 192, 0, 2, 1], '192.0.2.1'],
      [[3, 3, ...name('web')], 'web'],
      [[4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], '2001:db8:0:0:0:0:0:1'],
    ];
    for (const [bytes, host] of hosts) {
      const step = readSocks('request', Buffer.from([5, 1, 0, ...bytes, 0x1f, 0x90]));
      assert.ok(step.kind === 'connect');
      assert.deepEqual(step.target, { kind: 'tcp', host, port: 8080 });
    }
  });

  it('that cannot be done are refused with the right code', () => {
    const code = (stage: 'start' | 'request', bytes: readonly number[]): number | undefined => {
      const step = readSocks(stage, Buffer.from(bytes));
      assert.ok(step.kind === 'refuse');
      return step.answer[1];
    };
    assert.equal(code('start', [5, 1, 2]), 255);
    assert.equal(code('request', [5, 3, 0, 1, 1, 2, 3, 4, 0, 80]), 7);
    assert.equal(code('request', [5, 1, 0, 9, 1, 2, 3, 4, 0, 80]), 8);
    assert.equal(code('request', [5, 1, 0, 3, 1, 10, 0, 80]), 1);
    assert.equal(code('request', [5, 1, 0, 1, 1, 2, 3, 4, 0, 0]), 1);
    assert.equal(code('start', [4, 2, 0, 80, 1, 2, 3, 4, 0]), 0x5b);
    assert.equal(code('start', [4, 1, 0, 80, 1, 2, 3, 4, ...Array<number>(300).fill(65)]), 0x5b);
    assert.equal(code('start', name('GET / HTTP/1.1')), undefined);
    assert.deepEqual([...socksReply(5, 'connection-refused')], [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...socksReply(4, null)], [0, 0x5a, 0, 0, 0, 0, 0, 0]);
  });

  it('come to the same in pieces as at once, and to an end', () => {
    fc.assert(
      fc.property(fc.constantFrom(4, 5, 6), fc.uint8Array({ maxLength: 40 }), (version, rest) => {
        const bytes = Buffer.from([version, ...rest]);
        for (const stage of ['start', 'request'] as const) {
          const whole = readSocks(stage, bytes);
          for (let length = 0; length < bytes.length; length++) {
            const part = readSocks(stage, bytes.subarray(0, length));
            if (part.kind !== 'more') assert.deepEqual(part, whole);
          }
          if (whole.kind === 'connect') assert.ok(whole.used <= bytes.length && whole.target.port > 0);
          const endless = readSocks(stage, Buffer.concat([bytes, Buffer.alloc(MAX_SOCKS_BYTES, 65)]));
          assert.notEqual(endless.kind, 'more');
        }
      }),
    );
  });
});
