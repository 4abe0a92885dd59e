import * as z from 'zod';

/** 0 to 100; null when it is not known. */
export function percent(description: string): z.ZodNullable<z.ZodNumber> {
  return z.number().min(0).max(100).nullable().describe(description);
}

/** A rate over the time between two readings; null when it is not known. */
export function rate(description: string): z.ZodNullable<z.ZodNumber> {
  return z.number().nonnegative().nullable().describe(description);
}

/** A number that is not negative; null when it is not known. */
export function quantity(description: string): z.ZodNullable<z.ZodNumber> {
  return z.number().nonnegative().nullable().describe(description);
}
