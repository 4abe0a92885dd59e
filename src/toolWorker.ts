import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { features } from './features/index';
import { ExpectedError } from './lib/errors';
import { createLocalMachine } from './machine/local';
import type { ToServer, ToolThreadData } from './runtime/protocol';
import { createRecordings } from './runtime/recordings';
import { ToolServer } from './runtime/toolServer';
import { toolsOf } from './tool/registry';

/** The entry of the thread in which VS Code's runs of tools take place, a file of its own in dist/. */
const port = parentPort;
if (port !== null) {
  const { texts, recordingsFolder } = workerData as ToolThreadData;
  if (texts !== undefined) l10n.config({ contents: texts });
  const local = createLocalMachine();
  const server = new ToolServer({
    tools: toolsOf(features),
    recordings: createRecordings(recordingsFolder),
    machine: (name) =>
      name === local.name
        ? Promise.resolve(local)
        : Promise.reject(new ExpectedError('not-found', l10n.t('There is no machine named "{0}".', name))),
    post: (message, transfer) => port.postMessage(message, [...(transfer ?? [])]),
  });
  port.on('message', (message: ToServer) => server.take(message));
}
