import { throwIfCancelled } from '../../../lib/errors';
import { lateFailure } from '../../local/errors';
import type { FileFailure, FileTexts, Platform, ReadItem, ReadManyOptions } from '../../machine';
import { batchOf, inBytes, type Batch, type BatchTexts } from './batch';
import { scriptRequest } from './host';
import { perlRequest, perlTexts } from './perlBatch';
import { newMark, type Session } from './session';
import type { SessionPool } from './sessionPool';
import { shTexts } from './shAnswer';
import { shScript } from './shScript';

/** A way of reading a batch in one round trip. */
export interface BatchReading {
  readonly pool: SessionPool;
  prepare(batch: Batch): PreparedBatch;
}

/** What is asked, and what its answer means. */
export interface PreparedBatch {
  request(session: Session): Uint8Array;
  /** The answer, or the beginning of it: `unread` stands for what did not come. */
  texts(answer: Buffer, unread: FileFailure): BatchTexts;
}

/** By the process that PERL_READER is. */
export function perlReading(pool: SessionPool): BatchReading {
  return {
    pool,
    prepare: (batch) => ({
      request: () => perlRequest(batch),
      texts: (answer, unread) => perlTexts(batch, answer, unread),
    }),
  };
}

/** By sh and the small programs that every system has. */
export function shReading(pool: SessionPool, platform: Platform): BatchReading {
  return {
    pool,
    prepare(batch) {
      const mark = newMark();
      const bytes = inBytes(batch);
      return {
        request: (session) => scriptRequest(session, Buffer.from(shScript(bytes, mark, platform), 'latin1')),
        texts: (answer, unread) => shTexts(batch, bytes, mark, answer, unread),
      };
    },
  };
}

/** MachineFiles.readMany in one round trip; what has not come at the deadline is a failure each. */
export async function readBatch(
  reading: BatchReading,
  items: readonly ReadItem[],
  options: ReadManyOptions,
  deadlineMs: number,
): Promise<FileTexts> {
  throwIfCancelled(options.signal);
  const prepared = reading.prepare(batchOf(items, options));
  const { bytes } = await reading.pool.ask((session) => prepared.request(session), {
    signal: options.signal,
    deadlineMs,
    again: true,
  });
  return prepared.texts(bytes, lateFailure(deadlineMs)).texts;
}
