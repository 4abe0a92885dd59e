import * as l10n from '@vscode/l10n';
import type { Moments } from '../../report/model';
import type { ShowMessage } from '../../report/protocol';
import { Icon } from '../parts/icon';
import { useSession } from '../state/context';
import { useMoment } from './useMoment';

/** Leads through the moments of a recording: a slider with a step to each side, and a film of it. */
export function MomentsBar({ moments, shown }: { moments: Moments; shown: ShowMessage }) {
  const { format } = useSession();
  const { at, isPlaying, isWaiting, go, play, pause } = useMoment(moments, shown);
  const last = moments.times.length - 1;
  const time = format.value(moments.times[at] ?? 0, 'time');
  const togglePlay = isPlaying ? pause : play;
  return (
    <div class="moments" role="group" aria-label={l10n.t('Recorded moments')} aria-busy={isWaiting}>
      <div class="moments-buttons">
        <StepButton icon="chevron-left" label={l10n.t('One moment back')} isOff={at <= 0} run={() => go(at - 1)} />
        <StepButton
          icon={isPlaying ? 'debug-pause' : 'play'}
          label={isPlaying ? l10n.t('Pause') : l10n.t('Play')}
          isOff={last < 1}
          run={togglePlay}
        />
        <StepButton icon="chevron-right" label={l10n.t('One moment on')} isOff={at >= last} run={() => go(at + 1)} />
      </div>
      <input
        type="range"
        class="moments-slider"
        min={0}
        max={last}
        step={1}
        value={at}
        aria-label={l10n.t('Moment')}
        aria-valuetext={time}
        onInput={(event) => go(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          togglePlay();
        }}
      />
      <p class="moments-time">
        <time dateTime={isoTime(moments.times[at])}>{time}</time>
        <span class="moments-count">
          {l10n.t('{0} of {1}', format.value(at + 1, 'number'), format.value(last + 1, 'number'))}
        </span>
      </p>
    </div>
  );
}

interface StepButtonProps {
  readonly icon: string;
  readonly label: string;
  /** It keeps the focus: who steps by keys comes to the end and goes back. */
  readonly isOff: boolean;
  run(): void;
}

function StepButton({ icon, label, isOff, run }: StepButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      title={label}
      aria-label={label}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) run();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}

function isoTime(atMs: number | undefined): string | undefined {
  const date = new Date(atMs ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
