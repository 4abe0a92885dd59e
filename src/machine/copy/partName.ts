import { createHash } from 'node:crypto';
import { encodePath } from '../../lib/bytePath';

/** NAME_MAX of all usual file systems, in bytes. */
const LONGEST_NAME = 255;
const PART_SUFFIX = '.opsdeck-part';

/** Of the file that is copied; a part of another state of it has another name. */
export interface PartOf {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** The file beside the target that grows until it is whole: '.NAME.SIZE-SECONDS.opsdeck-part', both in base 36. */
export function partName(name: string, { sizeBytes, modifiedMs }: PartOf): string {
  const suffix = `.${sizeBytes.toString(36)}-${Math.floor(modifiedMs / 1_000).toString(36)}${PART_SUFFIX}`;
  const bytes = encodePath(name);
  if (1 + bytes.length + suffix.length <= LONGEST_NAME) return `.${name}${suffix}`;
  return `.${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}${suffix}`;
}
