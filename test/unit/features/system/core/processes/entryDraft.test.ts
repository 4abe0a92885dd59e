import * as assert from 'node:assert/strict';
import {
  EntryDraft,
  type EntrySource,
  type HostScale,
} from '../../../../../../src/features/system/core/processes/entry';
import { NO_RARE_PARTS } from '../../../../../../src/features/system/core/processes/fixedParts';
import { RawProcess } from '../../../../../../src/features/system/core/processes/rawProcess';
import { saysTheSame, unlessNew } from '../../../../../../src/features/system/core/processes/sameEntry';
import { parseProcessStat, type ProcessStat } from '../../../../../../src/features/system/core/kernel/processStat';
import { parseProcessStatus } from '../../../../../../src/features/system/core/kernel/processStatus';

const STAT =
  '77 (fake) S 1 77 77 34816 -1 4194304 100 0 2 0 150 50 3 4 20 5 3 0 12345 8192000 100 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 3 7 0 0\n';
const STATUS =
  'Name:\tfake\nUid:\t33\t33\t33\t33\nGid:\t33\t33\t33\t33\nVmRSS:\t 400 kB\nRssAnon:\t 100 kB\nRssFile:\t 200 kB\n' +
  'RssShmem:\t 100 kB\nVmData:\t 40 kB\nVmStk:\t 8 kB\nVmExe:\t 16 kB\nVmSwap:\t 12 kB\nCpus_allowed_list:\t0-3\n' +
  'voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n';

const SCALE: HostScale = {
  units: { ticksPerSecond: 100, pageBytes: 4096 },
  bootTimeMs: 1_795_000_000_000,
  memoryTotalBytes: 1_073_741_824,
  terminals: [],
  userName: (uid) => `user${uid}`,
};

function sourceOf(stat: ProcessStat, status = STATUS, more: Partial<EntrySource> = {}): EntrySource {
  const raw = new RawProcess();
  raw.stat = stat;
  raw.status = parseProcessStatus(status);
  raw.io = 'rchar: 10\nwchar: 20\nsyscr: 1\nsyscw: 2\nread_bytes: 3\nwrite_bytes: 4\ncancelled_write_bytes: 0\n';
  raw.fd = 3;
  const fixed = { name: 'fake', commandLine: ['fake'], executable: null, workingFolder: null, denied: [] };
  return { stat, raw, fixed, rare: NO_RARE_PARTS, before: null, seconds: null, ...more };
}

const stat = (text = STAT): ProcessStat => parseProcessStat(text) ?? assert.fail();

describe('the entry of a process', () => {
  it('is a new one for every process', () => {
    const draft = new EntryDraft();
    const first = draft.entryOf(sourceOf(stat()), SCALE, null);
    const kept = structuredClone(first);
    const second = draft.entryOf(sourceOf(stat(STAT.replace(/^77/, '78').replace(' 150 ', ' 999 '))), SCALE, null);
    assert.deepEqual([second.pid, second.cpu.userMs], [78, 9_990]);
    assert.deepEqual(first, kept);
    for (const part of ['cpu', 'memory', 'io', 'uids', 'gids', 'contextSwitches'] as const) {
      assert.notEqual(first[part], second[part], part);
    }
  });

  it('is the known one as long as nothing has changed, and never after', () => {
    const draft = new EntryDraft();
    const known = draft.entryOf(sourceOf(stat()), SCALE, null);
    assert.equal(draft.entryOf(sourceOf(stat()), SCALE, known), known);
    const fields = STAT.trimEnd()
      .slice(STAT.indexOf(')') + 2)
      .split(' ');
    const told = [0, 1, 2, 3, 4, 6, 7, 9, 11, 12, 13, 14, 15, 16, 17, 19, 20, 36, 38, 39];
    for (const index of told) {
      const changed = fields.with(index, index === 0 ? 'R' : String(Number(fields[index]) + 1));
      // The limits of real-time priority and flags show only in words that they change.
      if (index === 6 || index === 38) changed[index] = index === 6 ? String(0x20_0000) : '1';
      const next = draft.entryOf(sourceOf(stat(`77 (fake) ${changed.join(' ')}\n`)), SCALE, known);
      if (index === 6) assert.equal(next.kernelThread, true);
      const alike = saysTheSame(structuredClone(known), structuredClone(next));
      assert.equal(next === known, alike, `field ${index + 3}`);
    }
    for (const line of STATUS.split('\n').filter((text) => /^(?!Name:).*\d/.test(text))) {
      const next = draft.entryOf(sourceOf(stat(), STATUS.replace(line, line.replace(/\d+/, '91'))), SCALE, known);
      const isTold = !line.startsWith('RssAnon');
      assert.equal(next === known, !isTold, line);
    }
  });

  it('says the same only with the same fields all the way down', () => {
    assert.equal(saysTheSame({ a: [1, { b: null }] }, { a: [1, { b: null }] }), true);
    assert.equal(saysTheSame({ a: [1, { b: null }] }, { a: [1, { b: 0 }] }), false);
    assert.equal(saysTheSame([1], [1, 2]), false);
    assert.equal(saysTheSame([1, 2], [1]), false);
    assert.equal(saysTheSame(null, {}), false);
    assert.equal(saysTheSame({}, null), false);
    assert.equal(saysTheSame(Number.NaN, Number.NaN), true);
    const known = { a: 1 };
    assert.equal(unlessNew(known, { a: 1 }), known);
    assert.notEqual(unlessNew(known, { a: 2 }), known);
  });
});
