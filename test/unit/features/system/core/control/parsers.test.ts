import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  ioniceArguments,
  ioPriority,
  ioPriorityText,
  IO_CLASSES,
  parseIonice,
  readIoPriorityText,
} from '../../../../../../src/features/system/core/control/ioPriority';
import {
  compareLimit,
  exactLimits,
  limitsText,
  readLimitsText,
  RESOURCES,
} from '../../../../../../src/features/system/core/control/resources';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max open files            1024                 524288               files     
Max address space         18446744073709551614 unlimited            bytes     
Max nice priority         0                    0                    
Max realtime timeout      unlimited            unlimited            us        
Max processes             63`;

describe('what ionice prints', () => {
  it('is a class and, where it has one, a level', () => {
    assert.deepEqual(parseIonice('best-effort: prio 4\n'), { class: 'best-effort', level: 4 });
    assert.deepEqual(parseIonice('realtime: prio 0\n'), { class: 'realtime', level: 0 });
    assert.deepEqual(parseIonice('idle\n'), { class: 'idle', level: null });
    assert.deepEqual(parseIonice('none: prio 4\n'), { class: 'none', level: null });
    for (const text of ['', 'unknown: prio 4', 'best-effort: prio 9', 'idle idle'])
      assert.equal(parseIonice(text), null);
  });

  it('has a short form that leads back', () => {
    for (const ioClass of IO_CLASSES) {
      for (let level = 0; level < 8; level++) {
        const priority = ioPriority(ioClass, level);
        assert.deepEqual(readIoPriorityText(ioPriorityText(priority)), priority);
      }
    }
  });

  it('is asked for with a level only where there are levels', () => {
    assert.deepEqual(ioniceArguments(7, ioPriority('idle', 4)), ['-c', '3', '-p', '7']);
    assert.deepEqual(ioniceArguments(7, ioPriority('realtime', 4)), ['-c', '1', '-n', '4', '-p', '7']);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseIonice(text)));
  });
});

describe('limits of /proc/PID/limits', () => {
  it('are told to the last digit', () => {
    assert.deepEqual(exactLimits(LIMITS, 'nofile'), { soft: '1024', hard: '524288' });
    assert.deepEqual(exactLimits(LIMITS, 'as'), { soft: '18446744073709551614', hard: 'unlimited' });
    assert.deepEqual(exactLimits(LIMITS, 'nice'), { soft: '0', hard: '0' });
    assert.deepEqual(exactLimits(LIMITS, 'cpu'), { soft: 'unlimited', hard: 'unlimited' });
  });

  it('are null where the file has none, or ends in the middle of it', () => {
    assert.equal(exactLimits(LIMITS, 'nproc'), null);
    assert.equal(exactLimits(LIMITS, 'stack'), null);
    fc.assert(fc.property(fc.string(), fc.constantFrom(...RESOURCES), (text, name) => void exactLimits(text, name)));
  });

  it('have sixteen names and a form that leads back', () => {
    assert.equal(new Set(RESOURCES).size, 16);
    assert.deepEqual(readLimitsText(limitsText({ soft: '5', hard: 'unlimited' })), { soft: '5', hard: 'unlimited' });
    assert.deepEqual(readLimitsText(limitsText({ soft: '', hard: '7' })), { soft: '', hard: '7' });
  });

  it('are compared beyond what a number holds', () => {
    assert.ok(compareLimit('9007199254740993', '9007199254740992') > 0);
    assert.ok(compareLimit('99', '100') < 0);
    assert.ok(compareLimit('unlimited', '18446744073709551614') > 0);
    assert.equal(compareLimit('unlimited', 'unlimited'), 0);
  });
});
