import { httpGet } from '../../../../machine/httpGet';
import type { Machine } from '../../../../machine/machine';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { labelOn } from './label';

/** What a server answers that machine, whatever its status. Throws ExpectedError. */
export async function readUrl(machine: Machine, given: string, signal: AbortSignal): Promise<Content> {
  const { url, status, body, modifiedMs, distrust } = await httpGet(machine, given, {
    signal,
    maxBytes: LARGEST_TEXT_BYTES,
  });
  return {
    label: labelOn(machine, given),
    bytes: body,
    ...(modifiedMs === null ? {} : { modifiedMs }),
    origin: { kind: 'url', url, status, distrust },
  };
}
