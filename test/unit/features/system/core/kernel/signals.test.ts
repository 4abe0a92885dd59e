import * as assert from 'node:assert/strict';
import * as os from 'node:os';
import * as fc from 'fast-check';
import {
  maskHas,
  parseSignal,
  SIGNAL_NAMES,
  signalEffect,
  signalName,
} from '../../../../../../src/features/system/core/kernel/signals';

describe('signals', () => {
  it('have the numbers of the C library (x86, ARM)', function () {
    if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) return this.skip();
    for (const [name, number] of Object.entries(os.constants.signals)) assert.equal(parseSignal(name), number, name);
  });

  it('are known by name with or without SIG, in any case, and by number', () => {
    for (const text of ['SIGTERM', 'TERM', 'term', ' sigterm ', '15']) assert.equal(parseSignal(text), 15, text);
    assert.equal(parseSignal('SIGCLD'), 17);
    assert.equal(parseSignal('64'), 64);
  });

  it('count real-time signals from both ends', () => {
    assert.equal(parseSignal('SIGRTMIN'), 34);
    assert.equal(parseSignal('RTMIN+3'), 37);
    assert.equal(parseSignal('RTMAX-14'), 50);
    assert.equal(parseSignal('SIGRTMAX'), 64);
    for (const text of ['RTMIN-1', 'RTMAX+1', 'RTMIN+31', 'RTMAX-31']) assert.equal(parseSignal(text), null, text);
  });

  it('are nothing else', () => {
    for (const text of ['', '0', '65', '-9', '9.0', '1e1', 'SIG', 'SIGSIGTERM', 'KILL9', '__proto__']) {
      assert.equal(parseSignal(text), null, text);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const number = parseSignal(text);
        assert.ok(number === null || (number >= 1 && number <= 64));
      }),
    );
  });

  it('have names that lead back to their numbers', () => {
    for (let number = 1; number <= 64; number++) {
      if (number !== 32 && number !== 33) assert.equal(parseSignal(signalName(number)), number);
    }
    assert.equal(signalName(32), 'SIG32');
    assert.equal(new Set(SIGNAL_NAMES).size, 62);
  });

  it('end a process unless they are known to do something else', () => {
    assert.equal(signalEffect(15), 'terminate');
    assert.equal(signalEffect(3), 'core');
    assert.equal(signalEffect(19), 'stop');
    assert.equal(signalEffect(18), 'continue');
    assert.equal(signalEffect(28), 'ignore');
    assert.equal(signalEffect(40), 'terminate');
  });

  it('are found in a mask of /proc/PID/status', () => {
    assert.ok(maskHas('0000000000004000', 15));
    assert.ok(!maskHas('0000000000004000', 14));
    assert.ok(maskHas('8000000000000000', 64));
    assert.ok(!maskHas('rubbish', 1));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.integer({ min: 1, max: 64 }), (mask, number) => {
        const text = mask.toString(16).padStart(16, '0');
        assert.equal(maskHas(text, number), mask.toString(2).padStart(64, '0').at(-number) === '1');
      }),
    );
  });
});
