import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useReducer } from 'preact/hooks';
import { statusWord } from '../report/format';
import { visibleLine } from '../report/plainText';
import type { ShowMessage } from '../report/protocol';
import { Blocks } from './blocks/blocks';
import { Header } from './header/header';
import { LiveRegion } from './header/liveRegion';
import { MomentsBar } from './header/moments';
import { stateWord } from './header/stateText';
import { Notice, Verdict } from './header/verdict';
import { Boundary } from './parts/boundary';
import { ReportContext, SessionContext } from './state/context';
import type { Session } from './state/session';

/** The whole page. It draws what the session shows, and again at every change. */
export function App({ session }: { session: Session }) {
  const [, redraw] = useReducer<number, void>((times) => times + 1, 0);
  // Not later: the host may answer 'ready' before the first frame.
  useLayoutEffect(() => session.subscribe(() => redraw()), [session]);
  const shown = session.shown();
  useKeptPageScroll(session, shown !== null);
  return (
    <SessionContext.Provider value={session}>
      <Boundary report={shown?.report ?? null}>
        {shown === null ? (
          <div class="progress progress-page" role="progressbar" aria-label={l10n.t('Loading')} />
        ) : (
          <Shown shown={shown} />
        )}
      </Boundary>
      <LiveRegion text={announced(shown)} isLive={shown?.state === 'live' || shown?.state === 'running'} />
    </SessionContext.Provider>
  );
}

function Shown({ shown }: { shown: ShowMessage }) {
  const { report } = shown;
  return (
    <ReportContext.Provider value={report}>
      <Header shown={shown} />
      <main class="main">
        <Notice shown={shown} />
        {report === null ? (
          <Waiting shown={shown} />
        ) : (
          <>
            <Verdict report={report} />
            {report.moments === undefined ? null : <MomentsBar moments={report.moments} shown={shown} />}
            {report.blocks.length === 0 ? <p class="nothing">{l10n.t('There is nothing more to show.')}</p> : null}
            <Blocks blocks={report.blocks} path="" />
          </>
        )}
      </main>
    </ReportContext.Provider>
  );
}

/** Where the report will be; nothing more is said where the notice already says why there is none. */
function Waiting({ shown }: { shown: ShowMessage }) {
  if (shown.state !== 'running' && shown.state !== 'live') return null;
  return (
    <p class="waiting">{shown.message === '' ? l10n.t('Waiting for the first result…') : visibleLine(shown.message)}</p>
  );
}

/** What a screen reader is told: the state, and the verdict with its status. */
function announced(shown: ShowMessage | null): string {
  if (shown === null) return '';
  if (shown.state === 'failed') return `${stateWord(shown.state)}. ${shown.message}`;
  const report = shown.report;
  return report === null
    ? stateWord(shown.state)
    : `${stateWord(shown.state)}. ${statusWord(report.status)}. ${report.verdict}`;
}

/** Frames in which the page may still grow to its full height: drawings are made once their width is known. */
const SETTLING_FRAMES = 30;

function useKeptPageScroll(session: Session, isDrawn: boolean): void {
  useLayoutEffect(() => {
    if (!isDrawn) return undefined;
    const kept = session.view.read('#scroll');
    if (typeof kept === 'number') scrollWhenPossible(kept, SETTLING_FRAMES);
    const onScroll = (): void => session.view.write('#scroll', window.scrollY);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [session, isDrawn]);
}

function scrollWhenPossible(top: number, frames: number): void {
  window.scrollTo(0, top);
  if (frames > 0 && Math.abs(window.scrollY - top) > 1) {
    requestAnimationFrame(() => scrollWhenPossible(top, frames - 1));
  }
}
