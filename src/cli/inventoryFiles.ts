import * as fs from 'node:fs';
import * as path from 'node:path';

/** The hosts files of the folder in which the command line was called, and those that OPSDECK_INVENTORY names. */
export function inventoryFiles(folder: string, environment: NodeJS.ProcessEnv): readonly string[] {
  const named = (environment['OPSDECK_INVENTORY'] ?? '').split(path.delimiter).filter((file) => file !== '');
  return [...named.map((file) => path.resolve(folder, file)), ...hostsFiles(folder)];
}

function hostsFiles(folder: string): readonly string[] {
  try {
    const names = fs.readdirSync(folder).filter((name) => /\.hosts\.ya?ml$/.test(name));
    return names.sort().map((name) => path.join(folder, name));
  } catch {
    // A folder that cannot be listed has none.
    return [];
  }
}
