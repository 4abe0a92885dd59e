import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { execFileSync } from 'node:child_process';

export const onPosix = process.platform === 'win32' ? it.skip : it;
export const onLinux = process.platform === 'linux' ? it : it.skip;

/** Answers nothing for paths named `hangs…` until their gate is opened. */
export const STUCK_WORKER = path.join(__dirname, 'stuckWorker.js');

/** A folder of its own, which other users may enter; removed after the tests of the block. */
export function temporaryFolder(): (...names: readonly string[]) => string {
  let folder = '';
  before(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-test-')));
    fs.chmodSync(folder, 0o755);
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return (...names) => path.join(folder, ...names);
}

export function makeFifo(file: string): string {
  execFileSync('mkfifo', [file]);
  return file;
}

/** A file that the stuck worker hangs at, in the kernel, and what lets it go on. */
export function makeHangingFile(file: string, content = 'late'): { readonly path: string; release(): void } {
  fs.writeFileSync(file, content);
  const gate = makeFifo(`${file}.gate`);
  let writer: number | undefined;
  return {
    path: file,
    release() {
      // Read and write: the first lets a waiting reader in, the second keeps this from waiting for one.
      writer ??= fs.openSync(gate, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    },
  };
}

/** Runs as a user whom permissions bind, also where the tests run as root. */
export async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
