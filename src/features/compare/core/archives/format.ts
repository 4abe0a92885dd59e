import type { ArchiveFormat } from './archive';
import { BLOCK_BYTES, tarHeader } from './tarHeader';

/** By its first bytes, whatever its name is; null: it is none. What is gzipped may turn out to be no tar archive. */
export function archiveFormat(start: Buffer): ArchiveFormat | null {
  if (start.readUInt16BE(0) === 0x1f8b) return 'tar.gz';
  const signature = start.toString('latin1', 0, 4);
  if (signature === 'PK\x03\x04' || signature === 'PK\x05\x06') return 'zip';
  return tarHeader(start.subarray(0, BLOCK_BYTES)) === null ? null : 'tar';
}

/** Programs whose archives are not read here. */
const OTHERS: readonly (readonly [magic: string, program: string])[] = [
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['28b52ffd', 'zstd'],
  ['377abcaf271c', '7-Zip'],
  ['526172211a07', 'RAR'],
];

/** What made an archive that is not read here; null: it is none. */
export function otherArchive(start: Buffer): string | null {
  const hex = start.toString('hex', 0, 8);
  return OTHERS.find(([magic]) => hex.startsWith(magic))?.[1] ?? null;
}
