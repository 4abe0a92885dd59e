import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { countState, readRecord } from '../../../src/build/testRecord';

describe('the record of a test run', () => {
  let folder: string;
  let file: string;
  const passed = '{"kind":"test","title":"a","state":"passed","elapsedMs":1}\n';

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-record-'));
    file = path.join(folder, 'results.jsonl');
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  it('is empty and not complete before mocha has started', () => {
    assert.deepEqual(readRecord(path.join(folder, 'none')), { tests: [], complete: false, unfinished: undefined });
  });

  it('names the test that ran when it broke off, though a line is half written', () => {
    fs.writeFileSync(file, `${passed}{"kind":"start","title":"b hangs"}\n{"kind":"te`);
    const record = readRecord(file);
    assert.equal(record.complete, false);
    assert.equal(record.unfinished, 'b hangs');
    assert.equal(countState(record, 'passed'), 1);
  });

  it('keeps what the window showed with the test before that', () => {
    fs.writeFileSync(file, `${passed}{"kind":"shown","text":"a question"}\n{"kind":"shown","text":"focus"}\n${passed}`);
    assert.deepEqual(
      readRecord(file).tests.map(({ shown }) => shown),
      ['a question\nfocus', undefined],
    );
  });

  it('is complete only with its last line', () => {
    fs.writeFileSync(file, passed);
    assert.equal(readRecord(file).complete, false);
    fs.appendFileSync(file, '{"kind":"end"}\n');
    assert.equal(readRecord(file).complete, true);
  });
});
