import * as path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { features } from './features/index';
import { createMachines } from './machine/directory';
import { createLocalMachine } from './machine/local';
import type { ToServer, ToolThreadData } from './runtime/protocol';
import { createRecordings } from './runtime/recordings';
import { ToolServer } from './runtime/toolServer';
import { toolsOf } from './tool/registry';

/** The entry of the thread in which VS Code's runs of tools take place, a file of its own in dist/. */
const port = parentPort;
if (port !== null) {
  const { texts, recordingsFolder, settings } = workerData as ToolThreadData;
  if (texts !== undefined) l10n.config({ contents: texts });
  const local = createLocalMachine();
  const server = new ToolServer(
    {
      tools: toolsOf(features),
      recordings: createRecordings(recordingsFolder),
      computing: { file: path.join(__dirname, 'computeWorker.js'), texts },
      machines: (needs) => createMachines({ ...needs, local }),
      post: (message, transfer) => port.postMessage(message, [...(transfer ?? [])]),
    },
    settings,
  );
  port.on('message', (message: ToServer) => server.take(message));
}
