import * as l10n from '@vscode/l10n';
import { bytesText } from '../figures';
import { item, type TreeItem } from '../treeItem';
import type { Service, ServicesResult } from './schema';

/** A line of a tree for each service that runs or should: failed ones come first, as in the result. */
export function serviceItems({ services }: ServicesResult): readonly TreeItem[] {
  const lines = services.filter((service) => service.state !== 'inactive' && service.state !== 'not-found');
  return lines.length === 0
    ? [item('service/none', l10n.t('No services'), '', 'circle-slash')]
    : lines.map(serviceItem);
}

function serviceItem(service: Service): TreeItem {
  const { id, state, sub, description, mainPid, startTicks, memoryBytes } = service;
  const memory = memoryBytes === null ? '' : ` · ${bytesText(memoryBytes)}`;
  const process = mainPid === null ? {} : { pid: mainPid, ...(startTicks === null ? {} : { startTicks }) };
  return item(`service/${id}`, id.replace(/\.service$/, ''), `${sub ?? state}${memory}`, 'settings-gear', {
    tooltip: [id, description ?? '', service.result ?? ''].filter((line) => line !== '').join('\n'),
    status: state === 'failed' ? 'error' : state === 'restarting' ? 'warning' : 'ok',
    ...(mainPid === null
      ? { tool: 'system.services', input: { name: id } }
      : { about: 'process', tool: 'system.process', input: process }),
  });
}
