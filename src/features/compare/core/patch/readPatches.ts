import { decodePath } from '../../../../lib/bytePath';
import { readSource, type Reach } from '../sources/readSource';
import { readPatch, reversed, type FilePatch } from './patch';
import type { PatchChoices } from './schema';

export interface Patches {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly files: readonly FilePatch[];
}

/** The patch as it is to be applied, also the other way round. Throws ExpectedError. */
export async function readPatches({ patch, patchText, reverse }: PatchChoices, reach: Reach): Promise<Patches> {
  const { label, bytes } = await readSource(patch, patchText, reach);
  const files = readPatch(plainEnds(textOf(bytes)));
  return { label, bytes, files: reverse ? [...files].reverse().map(reversed) : files };
}

/** Line by line, so that bytes which are no UTF-8 stand for themselves where they are. */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer
    .toString('latin1')
    .split('\n')
    .map((line) => decodePath(Buffer.from(line, 'latin1')))
    .join('\n');
}

/** Where mail or Windows has given all lines CR LF, also the heads, it is not the content's. */
function plainEnds(text: string): string {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return lines.every((line) => line.endsWith('\r'))
    ? [...lines.map((line) => line.slice(0, -1)), last].join('\n')
    : text;
}
