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
  /** What the line is about: VS Code's `viewItem`, which decides on its menu. */
  readonly about?: 'process' | 'socket' | 'fileSystem' | 'unit';
  /** Input of the tools in its menu, and of `tool`. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Runs when the line is chosen. */
  readonly tool?: string;
}

/** Without children and with its own words as the tooltip, unless `more` says otherwise. */
export function item(
  id: string,
  label: string,
  description: string,
  icon: string,
  more: Partial<Omit<TreeItem, 'id' | 'label' | 'description' | 'icon'>> = {},
): TreeItem {
  return { id, label, description, icon, status: 'ok', tooltip: `${label}: ${description}`, children: [], ...more };
}
