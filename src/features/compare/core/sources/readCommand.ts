import { splitWords, wordsText } from '../../../../lib/commandWords';
import type { Machine } from '../../../../machine/machine';
import { type Content, LARGEST_TEXT_BYTES } from '../text/content';
import { labelOn, tooLarge } from './label';

const DEADLINE_MS = 10 * 60_000;
const COMPLAINT_CHARACTERS = 4_096;

/** What a program writes, whatever its exit code. Throws ExpectedError. */
export async function readCommand(machine: Machine, line: string, signal: AbortSignal): Promise<Content> {
  const words = splitWords(line);
  const label = commandLabel(machine, line);
  const options = { signal, deadlineMs: DEADLINE_MS, maxBytes: LARGEST_TEXT_BYTES };
  const { stdout, stderr, exitCode, signal: by, truncated } = await machine.exec(words, options);
  if (truncated) throw tooLarge(label);
  const complaint = Buffer.from(stderr).toString().slice(0, COMPLAINT_CHARACTERS);
  return { label, bytes: stdout, origin: { kind: 'command', exitCode, signal: by, complaint } };
}

/** 'web01:nginx -T' */
export function commandLabel(machine: Pick<Machine, 'name'>, line: string): string {
  return labelOn(machine, wordsText(splitWords(line)));
}
