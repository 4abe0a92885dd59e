import * as l10n from '@vscode/l10n';
import { bytesText, percentText } from '../figures';
import { item, type TreeItem } from '../treeItem';
import type { ProcessesResult, ProcessEntry } from './schema';

/** A line of a tree for each process, in the order of the result. */
export function processItems({ processes }: ProcessesResult): readonly TreeItem[] {
  return processes.map(processItem);
}

function processItem(process: ProcessEntry): TreeItem {
  const { pid, startTicks, name, user, cpu, memory } = process;
  const figures = l10n.t('{0} CPU · {1}', percentText(cpu.percent), bytesText(memory.residentBytes));
  return item(`process/${pid}:${startTicks}`, name, `${pid} · ${figures}`, 'gear', {
    tooltip: [`${name} (${pid})`, user, process.commandLine.join(' ').slice(0, 500)].join('\n'),
    status: process.state === 'zombie' || process.state === 'disk-sleep' ? 'warning' : 'ok',
    about: 'process',
    tool: 'system.process',
    input: { pid, startTicks },
  });
}
