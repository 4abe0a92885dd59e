/**
 * Gives memory up at once that is in nobody's hands any more: whoever still had it would see it empty. As garbage it
 * would be counted and looked for: that takes as long as to encrypt it. Node 20 cannot, and leaves it to be garbage.
 */
export function freeMemory(memory: ArrayBufferLike): void {
  const transfer: unknown = Reflect.get(memory, 'transfer');
  if (typeof transfer === 'function') Reflect.apply(transfer, memory, [0]);
}
