/** The outcomes as they come, so many tasks at a time; the next is begun only when the consumer asks. */
export async function* inFlight<Key, Outcome>(
  next: () => readonly [key: Key, work: Promise<Outcome>] | null,
  width: number,
): AsyncGenerator<readonly [key: Key, outcome: Outcome], void, undefined> {
  const running = new Map<Key, Promise<readonly [Key, Outcome]>>();
  for (;;) {
    while (running.size < width) {
      const begun = next();
      if (begun === null) break;
      const [key, work] = begun;
      const tagged = work.then((outcome) => [key, outcome] as const);
      // It is awaited below, but a batch may be with the consumer when it fails.
      tagged.catch(() => undefined);
      running.set(key, tagged);
    }
    if (running.size === 0) return;
    const done = await Promise.race(running.values());
    running.delete(done[0]);
    yield done;
  }
}
