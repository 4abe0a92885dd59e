import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

function findRoot(folder: string): string {
  if (fs.existsSync(path.join(folder, 'webpack.config.js'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('The project folder was not found above the compiled commands.');
  return findRoot(parent);
}

/** The project's folder, wherever the compiled command stands in it. */
export const projectRoot = findRoot(__dirname);

/** An absolute path inside the project. */
export function inProject(...parts: readonly string[]): string {
  return path.join(projectRoot, ...parts);
}

/** Files below a folder of the project, as sorted paths relative to the project with `/`. A missing folder has none. */
export function listFiles(folder: string, accept: (file: string) => boolean): readonly string[] {
  const absolute = inProject(folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter(accept)
    .sort();
}

/** Changes when one of these files of the project changes; by name, size and time of its last change. */
export function fingerprint(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = fs.statSync(inProject(file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** What `unlessDone` compares, all by path from the project. */
export interface Work {
  /** The file that the work makes. */
  readonly makes: string;
  /** The files on which it depends. */
  readonly from: readonly string[];
  /** Where what it was made from is noted. */
  readonly stamp: string;
}

/** Does the work unless its outcome is there and was made from these very files. */
export async function unlessDone({ makes, from, stamp }: Work, work: () => Promise<void>): Promise<void> {
  const wanted = fingerprint(from);
  const stampFile = inProject(stamp);
  const known = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
  if (known === wanted && fs.existsSync(inProject(makes))) return;
  await work();
  fs.mkdirSync(path.dirname(stampFile), { recursive: true });
  fs.writeFileSync(stampFile, wanted);
}
