import * as path from 'node:path';
import { runCommandLine } from './cli/commands';
import { confirm } from './cli/confirm';
import { inventoryFiles } from './cli/inventoryFiles';
import { language } from './cli/language';
import { createPerson } from './cli/person';
import { stateFolder } from './cli/stateFolder';
import { features } from './features/index';

// A reader that closes the pipe early (`| head`) is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

// What never comes to an end is no success.
process.exitCode = 2;
void runCommandLine(process.argv.slice(2), {
  features,
  language: language(process.env),
  signal: stop.signal,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stdout.isTTY,
  stateFolder: stateFolder(process.platform, process.env),
  computeFile: path.join(__dirname, 'computeWorker.js'),
  ...(process.stdin.isTTY
    ? {
        confirm: (question: string) => confirm(question, stop.signal),
        person: createPerson(process.stdin, process.stderr),
      }
    : {}),
  sshConfigFile: process.env['OPSDECK_SSH_CONFIG'] ?? null,
  inventoryFiles: inventoryFiles(process.cwd(), process.env),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
