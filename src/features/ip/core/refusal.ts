/** Why a text is no address; caught by `parse`, which makes a value of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** `reason` is a sentence without its final dot, in the user's language, that names the exact fault. */
export function refuse(reason: string): never {
  throw new Refusal(reason);
}
