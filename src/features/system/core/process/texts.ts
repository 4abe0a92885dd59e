import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import type { Gap, ProcessPart } from './schema/process';

/** The text of a file, or null where there is none. */
export function textOf(texts: FileTexts, path: string): string | null {
  const content = texts.get(path);
  return content === undefined || isFailure(content) ? null : content;
}

/** Why a part may not be seen, for the reader. */
export function gapFrom({ code, message }: FileFailure, part: ProcessPart): Gap {
  return { part, reason: code, message };
}
