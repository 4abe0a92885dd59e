import * as l10n from '@vscode/l10n';
import type { Fact, FactsBlock, TextBlock } from '../../../../report/model';
import { DENIABLE, PROCESS_STATES, type Deniable, type ProcessesResult } from '../../core/processes/schema';
import { stateText } from '../processWords';

/** How many there are, in all and by state. */
export function factsBlock(result: ProcessesResult): FactsBlock {
  const { total, matched, threads, states, ancestors } = result;
  const items: Fact[] = [{ label: l10n.t('Processes'), value: total, unit: 'number' }];
  if (matched !== total) items.push({ label: l10n.t('Fitting'), value: matched, unit: 'number', ...shownNote(result) });
  if (ancestors.length > 0) {
    const note = l10n.t('shown because they stand above what fits');
    items.push({ label: l10n.t('Parents'), value: ancestors.length, unit: 'number', note });
  }
  if (threads !== null) items.push({ label: l10n.t('Threads'), value: threads, unit: 'number' });
  for (const state of PROCESS_STATES) {
    const count = states[state] ?? 0;
    if (count === 0) continue;
    const wrong = state === 'zombie' || state === 'disk-sleep';
    const value = wrong ? ({ value: count, status: 'warning' } as const) : count;
    items.push({ label: stateText(state), value, unit: 'number' });
  }
  return { kind: 'facts', items };
}

function shownNote({ processes, ancestors, matched }: ProcessesResult): Pick<Fact, 'note'> {
  const shown = processes.length - ancestors.length;
  return shown === matched ? {} : { note: l10n.t('the first {0} are shown', shown) };
}

/** What could not be seen, and who may see it. */
export function notes({ processes, problems, filter }: ProcessesResult): readonly TextBlock[] {
  const denied = processes.filter((one) => one.denied.length > 0);
  const kinds = DENIABLE.filter((part) => denied.some((one) => one.denied.includes(part))).map(deniableText);
  const texts = [...problems];
  if (denied.length > 0) {
    texts.push(
      l10n.t(
        'Processes of other users: {0}. Only those users and root may see their {1}; such cells say denied.',
        denied.length,
        kinds.join(l10n.t(', ')),
      ),
    );
  }
  if (filter.details) texts.push(l10n.t('Resource limits and names of threads are columns that can be chosen.'));
  return texts.map((text) => ({ kind: 'text', style: 'note', text }));
}

function deniableText(part: Deniable): string {
  switch (part) {
    case 'exe':
      return l10n.t('program');
    case 'cwd':
      return l10n.t('working folder');
    case 'io':
      return l10n.t('I/O');
    case 'fds':
      return l10n.t('number of open files');
    case 'exact':
      return l10n.t('exact memory');
    case 'limits':
      return l10n.t('resource limits');
  }
}
