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
      running.set(begun[0], tagged(...begun));
    }
    if (running.size === 0) return;
    const done = await Promise.race(running.values());
    running.delete(done[0]);
    yield done;
  }
}

/** As many items as are known: all at once, or as they come. */
export type Source<Item> = readonly Item[] | AsyncIterable<readonly Item[]>;

export interface Lots<Item, Outcome> {
  /** Tasks at a time. */
  readonly width: number;
  /** Items of a task. */
  readonly size: number;
  begin(lot: readonly Item[]): Promise<Outcome>;
}

/** As inFlight, for items that are still coming. `again` puts some back. */
export async function* lotsInFlight<Item, Outcome>(
  source: Source<Item>,
  { width, size, begin }: Lots<Item, Outcome>,
): AsyncGenerator<
  { readonly lot: readonly Item[]; readonly outcome: Outcome; again(items: readonly Item[]): void },
  void,
  undefined
> {
  const lists = listsOf(source);
  const running = new Map<readonly Item[], Promise<readonly [readonly Item[], Outcome]>>();
  let waiting: readonly Item[] = [];
  const ask = (): Promise<IteratorResult<readonly Item[]>> => {
    const asked = lists.next();
    // It is awaited below, but a batch may be with the consumer when it fails.
    asked.catch(() => undefined);
    return asked;
  };
  let coming: Promise<IteratorResult<readonly Item[]>> | null = ask();
  const again = (items: readonly Item[]): void => void (waiting = [...items, ...waiting]);
  for (;;) {
    for (; waiting.length > 0 && running.size < width; waiting = waiting.slice(size)) {
      const lot = waiting.slice(0, size);
      running.set(lot, tagged(lot, begin(lot)));
    }
    if (coming === null && running.size === 0) return;
    // More is asked for only when there is room for it.
    const news: News<Item, Outcome> = await Promise.race([
      ...(coming !== null && waiting.length === 0 ? [coming.then((list) => ({ list }))] : []),
      ...[...running.values()].map((work) => work.then((done) => ({ done }))),
    ]);
    if ('list' in news) {
      waiting = news.list.done === true ? [] : news.list.value;
      coming = news.list.done === true ? null : ask();
    } else {
      const [lot, outcome] = news.done;
      running.delete(lot);
      yield { lot, outcome, again };
    }
  }
}

type News<Item, Outcome> =
  | { readonly list: IteratorResult<readonly Item[]> }
  | { readonly done: readonly [lot: readonly Item[], outcome: Outcome] };

/** What is known, one list after the other. */
export async function* listsOf<Item>(source: Source<Item>): AsyncGenerator<readonly Item[], void, undefined> {
  if (Symbol.asyncIterator in source) yield* source;
  else if (source.length > 0) yield source;
}

function tagged<Key, Outcome>(key: Key, work: Promise<Outcome>): Promise<readonly [Key, Outcome]> {
  const outcome = work.then((value) => [key, value] as const);
  outcome.catch(() => undefined);
  return outcome;
}
