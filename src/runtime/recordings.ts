import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { ExpectedError, messageOf } from '../lib/errors';
import type { RecordingEntry, Recordings, RingLimits } from '../tool/recordings';

const gzip = promisify(zlib.gzip);
const gunzip = promisify(zlib.gunzip);
/** What one recording may unpack to. */
const MAX_VALUE_BYTES = 256 * 1_048_576;

/**
 * Rings as folders, each value a file `TIME.SIZE.json.gz`: its name tells all that a listing needs, so that a ring of
 * many thousands is looked through without touching its files.
 */
export function createRecordings(folder: string): Recordings {
  const ringFolder = (ring: string): string => path.join(folder, `ring-${encodeURIComponent(ring)}`);
  return {
    async append(ring, atMs, value, limits) {
      const place = ringFolder(ring);
      await fs.mkdir(place, { recursive: true, mode: 0o700 });
      const bytes = await gzip(JSON.stringify(value));
      // Renamed when whole: a reader never sees half a file, and neither does the next start after a crash.
      const temporary = path.join(place, `${atMs}.${process.pid}.tmp`);
      await fs.writeFile(temporary, bytes, { mode: 0o600 });
      await fs.rename(temporary, path.join(place, fileName({ atMs, sizeBytes: bytes.length })));
      await prune(place, limits);
    },
    list: (ring) => entriesOf(ringFolder(ring)),
    async read(ring, atMs) {
      const place = ringFolder(ring);
      const entry = (await entriesOf(place)).find((one) => one.atMs === atMs);
      const file = path.join(place, entry === undefined ? String(atMs) : fileName(entry));
      try {
        const text = await gunzip(await fs.readFile(file), { maxOutputLength: MAX_VALUE_BYTES });
        return JSON.parse(text.toString('utf8')) as unknown;
      } catch (error) {
        throw readError(error, file);
      }
    },
    clear: (ring) => fs.rm(ringFolder(ring), { recursive: true, force: true }),
  };
}

function fileName({ atMs, sizeBytes }: RecordingEntry): string {
  return `${atMs}.${sizeBytes}.json.gz`;
}

async function entriesOf(folder: string): Promise<readonly RecordingEntry[]> {
  const names = await fs.readdir(folder).catch(() => []);
  const found: RecordingEntry[] = [];
  for (const name of names) {
    const match = /^(\d{1,16})\.(\d{1,12})\.json\.gz$/.exec(name);
    if (match !== null) found.push({ atMs: Number(match[1]), sizeBytes: Number(match[2]) });
  }
  return found.sort((one, other) => one.atMs - other.atMs);
}

/** The newest one stays even when it alone is too large. */
async function prune(folder: string, limits: RingLimits): Promise<void> {
  const entries = await entriesOf(folder);
  let total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  for (const entry of entries.slice(0, -1)) {
    if (total <= limits.maxBytes) return;
    await fs.rm(path.join(folder, fileName(entry)), { force: true });
    total -= entry.sizeBytes;
  }
}

function readError(error: unknown, place: string): ExpectedError {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    return new ExpectedError('not-found', l10n.t('This recording is not there any more: {0}.', place), {
      cause: error,
    });
  }
  const message = l10n.t('The recording {0} cannot be read ({1}). Delete it to go on.', place, messageOf(error));
  return new ExpectedError('malformed', message, { cause: error });
}
