import { createFormatter } from '../../../report/format';
import type { Unit } from '../../../report/model';
import { visibleLine } from '../../../report/plainText';

/** Figures within sentences, where the page cannot print them in the reader's notation; a dash for null. */
export type Words = Readonly<Record<'percent' | 'bytes' | 'number' | 'celsius', (value: number | null) => string>>;

/** Its Intl objects cost far more to make than to use: make one for a whole report. */
export function createWords(): Words {
  // Both languages of the extension write numbers alike.
  const formatter = createFormatter({ locale: 'en' });
  const print =
    (unit: Unit) =>
    (value: number | null): string =>
      formatter.cell(value, unit);
  return { percent: print('percent'), bytes: print('bytes'), number: print('number'), celsius: print('celsius') };
}

/** A name from outside on one line, with nothing hidden in it; or nothing. */
export function line(text: string | null): string | null {
  return text === null ? null : visibleLine(text);
}
