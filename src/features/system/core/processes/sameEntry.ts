/** Whether two pieces of plain data with the same fields say the same. */
export function saysTheSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) && one.length !== (other as readonly unknown[]).length) return false;
  for (const name in one) {
    if (!saysTheSame(one[name as keyof typeof one], other[name as keyof typeof other])) return false;
  }
  return true;
}

/** `known` where both say the same: then there is no second one to keep. */
export function unlessNew<T>(known: T, now: T): T {
  return saysTheSame(known, now) ? known : now;
}
