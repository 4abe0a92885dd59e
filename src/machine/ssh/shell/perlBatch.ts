import { isPattern } from '../../local/pattern';
import type { FileFailure, ReadWhat } from '../../machine';
import { BatchTexts, pathBytes, type Batch } from './batch';

const LETTERS: Readonly<Record<ReadWhat | 'text', string>> = {
  text: 't',
  stat: 's',
  link: 'l',
  names: 'n',
  links: 'k',
};
const NEWLINE = 0x0a;

/** As PERL_READER takes it. */
export function perlRequest({ groups, maxBytes, encoding }: Batch): Buffer {
  const words = groups.flatMap(({ pattern, members }) => [
    (isPattern(pattern) ? 'P' : 'p') + pattern,
    String(members.length),
    ...members.map(({ what, itemIndex, rest }) => `${LETTERS[what]}${itemIndex} ${rest}`),
  ]);
  return pathBytes(`${maxBytes} ${groups.length}\n${words.map((word) => `${word}\0`).join('')}`, encoding);
}

/** The answer of PERL_READER, or the beginning of it: `unread` stands for what did not come. */
export function perlTexts(batch: Batch, answer: Buffer, unread: FileFailure): BatchTexts {
  const texts = new BatchTexts(batch);
  const done = new Set<number>();
  for (let at = 0; ;) {
    const newline = answer.indexOf(NEWLINE, at);
    const header = newline < 0 ? null : /^([VFD]) (\d+) (\d+) (\d+)$/.exec(answer.toString('latin1', at, newline));
    if (header === null) break;
    const [, kind, index, pathLength, valueLength] = header;
    const pathEnd = newline + 1 + Number(pathLength);
    const end = pathEnd + Number(valueLength);
    if (end > answer.length) break;
    if (kind === 'D') done.add(Number(index));
    else {
      const path = texts.pathOf(answer.subarray(newline + 1, pathEnd));
      if (kind === 'V') texts.add(Number(index), path, answer.subarray(pathEnd, end));
      else texts.addFailure(path, answer.toString('latin1', pathEnd, end));
    }
    at = end;
  }
  texts.addUnread(done, unread);
  return texts;
}
