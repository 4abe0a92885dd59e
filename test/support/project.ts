import * as fs from 'node:fs';
import * as path from 'node:path';

function findRoot(folder: string): string {
  const manifest = path.join(folder, 'package.json');
  if (fs.existsSync(manifest) && fs.existsSync(path.join(folder, 'webpack.config.js'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('The project folder was not found above the compiled tests.');
  return findRoot(parent);
}

const root = findRoot(__dirname);

/** A path inside the project, wherever the compiled test stands. */
export function projectPath(...parts: readonly string[]): string {
  return path.join(root, ...parts);
}

/** The text of a fixture or golden file of the project. */
export function projectText(...parts: readonly string[]): string {
  return fs.readFileSync(projectPath(...parts), 'utf8');
}
