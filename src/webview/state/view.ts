/**
 * What the user did to the view: sort, filter, folded parts, scroll. It belongs to the page alone and outlives
 * hidden panels and reloads of the window. Keys are paths of blocks.
 */
export interface ViewStore {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  /** Plain JSON. */
  all(): Readonly<Record<string, unknown>>;
}

export function createViewStore(initial: Readonly<Record<string, unknown>>, changed: () => void): ViewStore {
  const values = new Map(Object.entries(initial));
  return {
    read: (key) => values.get(key),
    write(key, value) {
      values.set(key, value);
      changed();
    },
    all: () => Object.fromEntries(values),
  };
}
