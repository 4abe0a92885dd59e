import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findBrowser } from '../../../src/build/browser';

describe('findBrowser', () => {
  const ending = process.platform === 'win32' ? '.exe' : '';
  let folder: string;
  let chromium: string;
  let other: string;
  const kept = { PATH: process.env['PATH'], OPSDECK_BROWSER: process.env['OPSDECK_BROWSER'] };

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-browser-'));
    chromium = path.join(folder, `chromium${ending}`);
    other = path.join(folder, `other${ending}`);
    fs.writeFileSync(chromium, '');
    fs.writeFileSync(other, '');
    process.env['PATH'] = folder;
  });

  beforeEach(() => delete process.env['OPSDECK_BROWSER']);

  after(() => {
    for (const [name, value] of Object.entries(kept)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    fs.rmSync(folder, { recursive: true });
  });

  it('takes one of the PATH', () => {
    assert.equal(findBrowser(), chromium);
  });

  it('takes the one that OPSDECK_BROWSER names, by path or by name', () => {
    process.env['OPSDECK_BROWSER'] = other;
    assert.equal(findBrowser(), other);
    process.env['OPSDECK_BROWSER'] = 'other';
    assert.equal(findBrowser(), other);
  });

  it('says so when that one is not there', () => {
    process.env['OPSDECK_BROWSER'] = 'netscape';
    assert.throws(() => findBrowser(), /"netscape", which does not exist/);
  });
});
