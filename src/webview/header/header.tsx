import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../report/plainText';
import type { ShowMessage } from '../../report/protocol';
import { Icon } from '../parts/icon';
import { useSession } from '../state/context';
import { stateIcon, stateWord } from './stateText';
import { Toolbar } from './toolbar';

/** Stays at the top: what this is, how fresh it is, and what can be done with all of it. */
export function Header({ shown }: { shown: ShowMessage }) {
  const { format } = useSession();
  const { report, state, request } = shown;
  return (
    <header class="header">
      <div class="header-title">
        <h1 class="title">{visibleLine(report?.title ?? shown.title ?? request.tool)}</h1>
        <p class="origin">
          <span class={`state state-${state}`}>
            <Icon name={stateIcon(state)} />
            {stateWord(state)}
          </span>
          <span class="origin-part">{machineText(request.machine)}</span>
          {state === 'running' && report !== null && shown.message !== '' ? (
            <span class="origin-part">{visibleLine(shown.message)}</span>
          ) : null}
          {report === null ? null : (
            <time class="origin-part" dateTime={isoTime(shown.takenAtMs)}>
              {format.value(shown.takenAtMs, 'time')}
            </time>
          )}
        </p>
      </div>
      <Toolbar state={state} hasReport={report !== null} />
      {state === 'running' ? (
        <div
          class="progress"
          role="progressbar"
          aria-label={shown.message === '' ? l10n.t('Running') : visibleLine(shown.message)}
        />
      ) : null}
    </header>
  );
}

function machineText(machine: string): string {
  return machine === 'local' ? l10n.t('this machine') : visibleLine(machine);
}

function isoTime(atMs: number): string | undefined {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
