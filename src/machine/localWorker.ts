import { parentPort, workerData } from 'node:worker_threads';
import type { ReadThreadData } from './local/readProtocol';
import { serveReads } from './local/reads';
import { serveStatfs } from './local/statfs';
import { isTreeThreadData } from './local/trees/protocol';
import { serveTrees } from './local/trees/serve';

/**
 * The entry of the helpers of LocalMachine, a file of its own in dist/: as a worker thread it reads files or works on
 * trees, as a child process it asks file systems for their usage.
 */
if (parentPort === null) serveStatfs(process);
else if (isTreeThreadData(workerData)) serveTrees(parentPort, workerData);
else serveReads(parentPort, workerData as ReadThreadData);
