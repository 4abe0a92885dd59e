import { useMemo } from 'preact/hooks';
import { statusWord } from '../../report/format';
import type { Action, Report } from '../../report/model';
import { visibleLine, visibleLines } from '../../report/plainText';
import type { ShowMessage } from '../../report/protocol';
import { Icon } from '../parts/icon';
import { StatusIcon } from '../parts/status';
import { useSession } from '../state/context';
import { ownActions } from './ownActions';
import { stateNotice } from './stateText';

/** The sentence before the data, and what the report offers to do next. */
export function Verdict({ report }: { report: Report }) {
  const { post } = useSession();
  const actions = useMemo(() => ownActions(report), [report]);
  return (
    <section class="verdict">
      <p class={`verdict-sentence verdict-${report.status}`}>
        <StatusIcon status={report.status} spoken={false} />
        <span class="verdict-text">
          <strong class="verdict-word">{statusWord(report.status)}</strong> {visibleLine(report.verdict)}
        </span>
      </p>
      {actions.length === 0 ? null : (
        <div class="actions">
          {actions.map(({ action, index }) => (
            <ActionButton key={index} action={action} run={() => post({ kind: 'action', index })} />
          ))}
        </div>
      )}
    </section>
  );
}

function ActionButton({ action, run }: { action: Action; run: () => void }) {
  const icon = { tool: 'play', copy: 'copy', open: 'link-external' }[action.kind];
  return (
    <button
      type="button"
      class="button"
      title={action.kind === 'open' ? visibleLine(action.url) : undefined}
      onClick={run}
    >
      <Icon name={icon} />
      {visibleLine(action.label)}
    </button>
  );
}

/** Says why what is shown is not the newest or not all. */
export function Notice({ shown }: { shown: ShowMessage }) {
  const { format } = useSession();
  const text = stateNotice(shown, format);
  if (text === null) return null;
  const isFailure = shown.state === 'failed';
  const icon = { failed: 'error', cancelled: 'circle-slash', restored: 'history', paused: 'debug-pause' };
  return (
    <div class={isFailure ? 'notice notice-error' : 'notice'}>
      <Icon name={icon[shown.state as keyof typeof icon]} className={isFailure ? 'status status-error' : 'status'} />
      <p class="notice-text">{visibleLines(text)}</p>
    </div>
  );
}
