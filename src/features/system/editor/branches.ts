import * as l10n from '@vscode/l10n';
import { processItems } from '../core/processes/items';
import type { ProcessesResult } from '../core/processes/schema';
import type { TreeItem } from '../core/treeItem';

/** A branch of the view "System" with a tool of its own, whose result must be small. */
export interface Branch {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  items(result: unknown): readonly TreeItem[];
}

export function branches(): readonly Branch[] {
  return [
    {
      id: 'branch/processes',
      label: l10n.t('Top Processes'),
      icon: 'list-ordered',
      tooltip: l10n.t('The ten processes that use the most CPU'),
      tool: 'system.processes',
      input: { sort: 'cpu', limit: 10 },
      items: (result) => processItems(result as ProcessesResult),
    },
  ];
}
