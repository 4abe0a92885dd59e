/** Where in the grid: row -1 is the row of headings. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Where a key leads (ARIA Authoring Practices, grid); null when it does not move. */
export function move(event: Key, at: GridPosition, size: GridSize): GridPosition | null {
  const target = targetOf(event, at, size);
  if (target === null) return null;
  return {
    row: clamp(target.row, -1, size.rows - 1),
    column: clamp(target.column, 0, size.columns - 1),
  };
}

function targetOf(event: Key, { row, column }: GridPosition, size: GridSize): GridPosition | null {
  const wide = event.ctrlKey || event.metaKey;
  if (event.altKey || event.shiftKey) return null;
  switch (event.key) {
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'PageUp':
      return { row: Math.max(0, row - size.page), column };
    case 'PageDown':
      return { row: row + size.page, column };
    case 'Home':
      return wide ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End':
      return wide ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 };
    default:
      return null;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
