import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../../report/plainText';
import type { Action } from '../../../../report/model';
import type { ProcessResult } from '../../core/process/schema/process';
import { shellText } from '../processWords';

/** What is done next with a process. The parent's is the first, so that a fact can lead to it. */
export function actionsOf({ process, relatives, ended }: ProcessResult): readonly Action[] {
  const { pid, startTicks, kernelThread } = process;
  const [parent] = relatives.parents;
  const parentAction: readonly Action[] =
    parent === undefined
      ? []
      : [tool(l10n.t('Show the Parent'), 'system.process', { pid: parent.pid, startTicks: parent.startTicks })];
  const copy: readonly Action[] =
    process.commandLine.length === 0
      ? []
      : [{ kind: 'copy', label: l10n.t('Copy the Command'), text: visibleLine(shellText(process.commandLine)) }];
  if (ended !== null) return [...parentAction, ...copy];
  const target = { pid, startTicks };
  const stopped = process.state === 'stopped';
  return [
    ...parentAction,
    ...(kernelThread || process.state === 'zombie'
      ? []
      : [
          tool(l10n.t('Terminate…'), 'system.terminate', target),
          stopped
            ? tool(l10n.t('Resume…'), 'system.resume', target)
            : tool(l10n.t('Suspend…'), 'system.suspend', target),
          tool(l10n.t('Send Signal…'), 'system.signal', target),
        ]),
    tool(l10n.t('Set Nice…'), 'system.nice', target),
    tool(l10n.t('Set I/O Priority…'), 'system.ionice', target),
    tool(l10n.t('Set CPU Affinity…'), 'system.affinity', target),
    tool(l10n.t('Its Connections'), 'system.sockets', { pid }),
    ...copy,
  ];
}

function tool(label: string, id: string, input: unknown): Action {
  return { kind: 'tool', label, tool: id, input };
}
