import { parentPort, workerData } from 'node:worker_threads';
import type { ReadThreadData } from './local/readProtocol';
import { serveReads } from './local/reads';
import { serveStatfs } from './local/statfs';

/**
 * The entry of both helpers of LocalMachine, a file of its own in dist/: as a worker thread it reads files, as a
 * child process it asks file systems for their usage.
 */
if (parentPort !== null) serveReads(parentPort, workerData as ReadThreadData);
else serveStatfs(process);
