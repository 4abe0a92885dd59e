import * as fs from 'node:fs';
import * as path from 'node:path';

/** The text of a file of the package: packed as dist/cli.js it is one folder up, compiled for the tests further. */
export function packageText(...parts: readonly string[]): string {
  return fs.readFileSync(path.join(packageRoot(__dirname), ...parts), 'utf8');
}

function packageRoot(folder: string): string {
  if (fs.existsSync(path.join(folder, 'package.nls.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('The files packed with the program are missing.');
  return packageRoot(parent);
}

export function packageVersion(): string {
  return (JSON.parse(packageText('package.json')) as { readonly version: string }).version;
}
