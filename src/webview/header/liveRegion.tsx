import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSession } from '../state/context';

/** While figures tick, at most this often. */
const LIVE_INTERVAL_MS = 15_000;

/**
 * The one polite live region. The verdict is said when its words change: while the report is live, other figures in
 * the same sentence are no news, and news comes at most every 15 seconds.
 */
export function LiveRegion({ text, isLive }: { text: string; isLive: boolean }) {
  const { onAnnounce } = useSession();
  const [said, setSaid] = useState('');
  const last = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY });

  useLayoutEffect(() => onAnnounce(setSaid), [onAnnounce]);
  useEffect(() => {
    if (text === '' || !isNews(text, last.current.text, isLive)) return undefined;
    const say = (): void => {
      last.current = { text, atMs: performance.now() };
      setSaid(text);
    };
    const waitMs = isLive ? last.current.atMs + LIVE_INTERVAL_MS - performance.now() : 0;
    if (waitMs <= 0) {
      say();
      return undefined;
    }
    const timer = setTimeout(say, waitMs);
    return () => clearTimeout(timer);
  }, [text, isLive]);

  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}

function isNews(text: string, said: string, isLive: boolean): boolean {
  return isLive ? withoutFigures(text) !== withoutFigures(said) : text !== said;
}

function withoutFigures(text: string): string {
  return text.replace(/[\d.,\s]+/g, ' ');
}
