// A stand-in for a dead network mount: the shipped worker with a file system that hangs, in the kernel and not to be
// interrupted by Node, at paths whose name begins with `hangs`. Such a path has a FIFO beside it; opening it waits.
import fs from 'node:fs';
import * as path from 'node:path';

const { openSync, statfsSync } = fs;

function passGate(file: fs.PathLike): void {
  if (path.basename(String(file)).startsWith('hangs')) fs.closeSync(openSync(`${String(file)}.gate`, 'r'));
}

fs.openSync = (file, ...rest) => {
  passGate(file);
  return openSync(file, ...rest);
};

fs.statfsSync = ((file: fs.PathLike, options: fs.StatFsOptions & { bigint: true }) => {
  passGate(file);
  return statfsSync(file, options);
}) as typeof fs.statfsSync;

void import('../../../src/machine/localWorker');
