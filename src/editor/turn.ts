/**
 * Loads code in a turn of the event loop of its own. Each of our parts takes some 10 ms to read and set up at its first
 * use; one after another in one turn, they would hold up every other extension.
 */
export async function inNextTurn<T>(load: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve));
  return load();
}
