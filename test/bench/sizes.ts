import * as fs from 'node:fs';
import { projectPath } from '../support/project';
import type { BenchRow } from './row';

/** Of the production build that lies in dist, and of the packed extension. */
export function benchSizes(vsix: string): readonly BenchRow[] {
  return [
    sizeRow('dist/extension.js', projectPath('dist', 'extension.js'), 60_000),
    sizeRow('the packed extension', vsix, 3_000_000),
  ];
}

function sizeRow(what: string, file: string, budgetBytes: number): BenchRow {
  const sizeBytes = fs.statSync(file).size;
  return {
    what,
    ours: `${(sizeBytes / 1_000).toFixed(1)} kB`,
    peer: '',
    ratio: null,
    budget: `≤ ${budgetBytes / 1_000} kB`,
    met: sizeBytes <= budgetBytes,
  };
}
