import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { projectPath } from './project';

/** Compares with test/golden/NAME; UPDATE_GOLDEN=1 writes it anew, for a person to read in the diff. */
export function assertGolden(name: string, actual: string): void {
  const file = projectPath('test', 'golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, actual);
    return;
  }
  assert.ok(fs.existsSync(file), `${name} is missing: run with UPDATE_GOLDEN=1 and read what it writes`);
  assert.equal(actual, fs.readFileSync(file, 'utf8'));
}
