import * as l10n from '@vscode/l10n';
import { processItems } from '../core/processes/items';
import type { ProcessesResult } from '../core/processes/schema';
import { serviceItems } from '../core/services/items';
import type { ServicesResult } from '../core/services/schema';
import { listenerItems } from '../core/sockets/items';
import type { SocketsResult } from '../core/sockets/schema';
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
    {
      id: 'branch/listeners',
      label: l10n.t('Listeners'),
      icon: 'radio-tower',
      tooltip: l10n.t('Ports that programs of this machine listen on'),
      tool: 'system.sockets',
      input: { state: 'listening' },
      items: (result) => listenerItems(result as SocketsResult),
    },
    {
      id: 'branch/services',
      label: l10n.t('Services'),
      icon: 'settings-gear',
      tooltip: l10n.t('Services that run, failed ones first'),
      tool: 'system.services',
      input: {},
      items: (result) => serviceItems(result as ServicesResult),
    },
  ];
}
