import { useEffect, useRef, useState } from 'preact/hooks';
import type { Moments } from '../../report/model';
import type { ShowMessage } from '../../report/protocol';
import { useSession } from '../state/context';

/** How long the slider may go on moving before the host is asked. */
const SETTLE_MS = 120;
/** Two moments a second, or as fast as they come. */
const FRAME_MS = 500;

export interface MomentState {
  /** Index of the moment where the user is; its report may still be on its way. */
  readonly at: number;
  readonly isWaiting: boolean;
  readonly isPlaying: boolean;
  go(index: number): void;
  /** From where it is, or from the start when it is at the end. */
  play(): void;
  pause(): void;
}

/** The wanted moment is kept by its time: the oldest moments of a recording go while new ones come. */
export function useMoment(moments: Moments, shown: ShowMessage): MomentState {
  const { post } = useSession();
  const [wantedMs, setWantedMs] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(moments);
  latest.current = moments;
  const { times } = moments;
  const last = times.length - 1;
  const wanted = wantedMs === null ? -1 : times.indexOf(wantedMs);
  const isWaiting = wanted >= 0 && wanted !== moments.shown;
  const at = wanted >= 0 ? wanted : moments.shown;

  const go = (index: number): void => {
    const timeMs = times[Math.max(0, Math.min(last, index))];
    if (timeMs === undefined) return;
    setWantedMs(timeMs);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const current = latest.current.times.indexOf(timeMs);
      if (current >= 0) post({ kind: 'moment', index: current });
    }, SETTLE_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  // A new message may say that the wanted moment will not come, or that it is there.
  useEffect(() => {
    const isLost = shown.state === 'failed' || shown.state === 'cancelled';
    if (isLost) setPlaying(false);
    if (isLost || times[moments.shown] === wantedMs) setWantedMs(null);
  }, [shown]);
  useEffect(() => {
    if (!isPlaying || isWaiting) return undefined;
    if (at >= last) {
      setPlaying(false);
      return undefined;
    }
    const next = setTimeout(() => go(at + 1), FRAME_MS - SETTLE_MS);
    return () => clearTimeout(next);
  }, [isPlaying, isWaiting, at, last]);
  return {
    ...{ at, isWaiting, isPlaying, go },
    play() {
      setPlaying(true);
      if (at >= last) go(0);
    },
    pause: () => setPlaying(false),
  };
}
