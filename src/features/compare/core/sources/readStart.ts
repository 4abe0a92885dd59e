import type { Machine } from '../../../../machine/machine';
import { ByteReader } from '../archives/byteReader';

const START_BYTES = 512;

/** The first bytes of a file, filled up with zeros where it has fewer. Throws ExpectedError. */
export async function readStart(machine: Machine, path: string, signal: AbortSignal): Promise<Buffer> {
  const stream = await machine.files.stream(path, { signal });
  try {
    const start = Buffer.alloc(START_BYTES);
    (await new ByteReader(stream).exactly(START_BYTES)).copy(start);
    return start;
  } finally {
    stream.on('error', () => undefined).destroy();
  }
}
