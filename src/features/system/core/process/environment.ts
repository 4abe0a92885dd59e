import { maskedValue, parseEnviron } from '../kernel/environ';
import type { ProcessReading } from './reading';
import type { Environment } from './schema/rest';
import { textOf } from './texts';

/** null where it may not be seen. `reveal` shows what looks like a secret, too. */
export function environmentOf({ surroundings, stat }: ProcessReading, reveal: boolean): Environment | null {
  const text = textOf(surroundings.texts, `/proc/${stat.pid}/environ`);
  if (text === null) return null;
  const variables = parseEnviron(text).map((one) => {
    const value = reveal ? one.value : maskedValue(one);
    return { name: one.name, value, masked: value !== one.value };
  });
  return { total: variables.length, masked: variables.filter((one) => one.masked).length, variables };
}
