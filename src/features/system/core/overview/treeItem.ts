/** One line of the tree view "System", ready to be shown. */
export interface TreeItem {
  /** Stable from one sample to the next. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly status: 'ok' | 'info' | 'warning' | 'error' | 'unknown';
  readonly tooltip: string;
  readonly children: readonly TreeItem[];
}

/** Without children and with its own words as the tooltip, unless `more` says otherwise. */
export function item(
  id: string,
  label: string,
  description: string,
  icon: string,
  more: Partial<Pick<TreeItem, 'status' | 'tooltip' | 'children'>> = {},
): TreeItem {
  return { id, label, description, icon, status: 'ok', tooltip: `${label}: ${description}`, children: [], ...more };
}
