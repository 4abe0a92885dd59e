import { AsyncQueue } from '../../../../lib/asyncQueue';
import { listsOf, type Source } from '../../../inFlight';
import type { FileTask } from '../../../fileErrors';
import type { ContentOptions, HashBatch } from '../../../machine';
import type { HostConnection } from '../connection';
import { HashLane } from './hashLane';
import type { HashProgram } from './tools';

/** Two programs at work over there. */
const MOST_LANES = 2;
/** What a program gets at a time; fewer paths than that are not worth a second lane. */
const LOT = 256;

/** MachineFiles.hashMany by a program of the host, which gets the paths on its standard input as they come. */
export async function* hashByProgram(
  host: HostConnection,
  task: FileTask,
  program: HashProgram,
  paths: Source<string>,
  options: ContentOptions,
): AsyncGenerator<HashBatch, void, undefined> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const batches = new AsyncQueue<HashBatch>();
  const start = (): HashLane =>
    new HashLane(host, task, program, { ...options, signal: stopping.signal }, (batch) => batches.push(batch));
  const work = feed(paths, start);
  work.then(
    () => batches.end(),
    (error: unknown) => batches.end(error),
  );
  try {
    yield* batches;
  } finally {
    options.signal.removeEventListener('abort', stop);
    stop();
    await work.catch(() => undefined);
  }
}

/** In turn to each lane. The first begins before the first path is known: to start it takes longer than to list. */
async function feed(paths: Source<string>, startLane: () => HashLane): Promise<void> {
  let fail: (error: unknown) => void = () => undefined;
  // A lane that fails is the failure of all, also while paths are waited for.
  const failure = new Promise<never>((_resolve, reject) => (fail = reject));
  const start = (): HashLane => {
    const lane = startLane();
    lane.ended.catch(fail);
    return lane;
  };
  const lanes: HashLane[] = [start()];
  let turn = 0;
  const feeding = async (): Promise<void> => {
    for await (const list of listsOf(paths)) {
      for (let at = 0; at < list.length; at += LOT) {
        const lot = list.slice(at, at + LOT);
        if (turn > 0 && lot.length === LOT && lanes.length < MOST_LANES) lanes.push(start());
        await lanes[turn % lanes.length]?.add(lot);
        turn += 1;
      }
    }
    for (const lane of lanes) lane.close();
  };
  await Promise.race([feeding(), failure]);
  await Promise.all(lanes.map((lane) => lane.ended));
}
