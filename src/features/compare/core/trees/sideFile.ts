import { below } from '../../../../machine/treePaths';
import { placeText } from '../sources/place';
import type { SideResult } from './schema';

/** A file of a side, as compare.texts takes it. */
export function sideFile({ machine, path, source }: SideResult, relative: string): string {
  // A whole archive is called by its path, a folder within it with what it is in.
  const isWhole = source === 'archive' && !path.startsWith('archive:');
  return placeText(machine, isWhole ? `archive:${path}:${relative}` : below(path, relative));
}
