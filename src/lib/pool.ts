/**
 * The outcomes of `work` in the order of the items, at most so many at a time. The first failure is the failure of all:
 * what is under way ends by itself, nothing more is begun.
 */
export async function mapPool<Item, Outcome>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(items.length);
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        outcomes[index] = await work(items[index] as Item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return outcomes;
}
