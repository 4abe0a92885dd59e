import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { TerminalBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { readable, type TerminalPalette } from '../../report/terminalColour';
import { withoutStyles } from '../../report/terminalSpans';
import { BlockTitle } from '../parts/blockTitle';
import { CopyButton } from '../parts/copyButton';
import { Icon } from '../parts/icon';
import { useSession, useViewState } from '../state/context';
import { TerminalLines } from './terminalLines';
import { useTerminalPalette } from './terminalTheme';

/** So many lines are drawn again together. */
const PART_LINES = 100;
/** As far from the end, in pixels, still counts as at the end. */
const END_PX = 8;

/** What a program wrote. It follows the end as long as the reader is there. */
export function TerminalBlockView({ block, path }: { block: TerminalBlock; path: string }) {
  const [wraps, setWraps] = useViewState(`${path}#wraps`, isBoolean, true);
  const title = block.title ?? l10n.t('Output');
  return (
    <section class="block">
      <div class="block-head">
        <BlockTitle title={title} />
        {block.text === '' ? null : (
          <div class="terminal-tools">
            <button
              type="button"
              class="icon-button"
              aria-pressed={wraps}
              aria-label={l10n.t('Wrap lines of {0}', visibleLine(title))}
              title={l10n.t('Wrap Lines')}
              onClick={() => setWraps(!wraps)}
            >
              <Icon name="word-wrap" />
            </button>
            <CopyButton text={withoutStyles(block.text)} what={visibleLine(title)} />
          </div>
        )}
      </div>
      {block.text === '' ? (
        <p class="nothing">{visibleLine(block.empty ?? l10n.t('Nothing was written.'))}</p>
      ) : (
        <Screen text={block.text} path={path} title={title} wraps={wraps} />
      )}
    </section>
  );
}

interface ScreenProps {
  readonly text: string;
  readonly path: string;
  readonly title: string;
  readonly wraps: boolean;
}

/** Not read out as it grows: the page's live region tells how the program fares. */
function Screen({ text, path, title, wraps }: ScreenProps) {
  const area = useRef<HTMLPreElement>(null);
  const palette = useTerminalPalette();
  const parts = useMemo(() => partsOf(text), [text]);
  useAnsiColours(area, palette);
  useEnd(area, path, text);
  return (
    <pre
      ref={area}
      class={wraps ? 'terminal terminal-wraps' : 'terminal'}
      role="log"
      aria-live="off"
      aria-label={visibleLine(title)}
      tabIndex={0}
    >
      {parts.map((part, index) => (
        <TerminalLines key={index} text={part} palette={palette} />
      ))}
    </pre>
  );
}

/** Without the last line break, below which an empty line would be drawn. */
function partsOf(text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split(/(?<=\n)/);
  return Array.from({ length: Math.ceil(lines.length / PART_LINES) }, (_, index) =>
    lines.slice(index * PART_LINES, (index + 1) * PART_LINES).join(''),
  );
}

/** The theme's 16 colours as variables of the block, each so that it can be read there. */
function useAnsiColours(area: RefObject<HTMLElement | null>, palette: TerminalPalette): void {
  useLayoutEffect(() => {
    palette.ansi.forEach((colour, index) => {
      area.current?.style.setProperty(`--ansi-${index}`, readable(colour, palette.background));
    });
  }, [area, palette]);
}

/** Goes on at the end, or where the reader left it. */
function useEnd(area: RefObject<HTMLElement | null>, path: string, text: string): void {
  const { view } = useSession();
  const key = `${path}#scroll`;
  const kept = useRef(view.read(key));
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const onScroll = (): void => {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= END_PX;
      kept.current = isAtEnd ? null : element.scrollTop;
      view.write(key, kept.current);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [area, key, view]);
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.scrollTop = typeof kept.current === 'number' ? kept.current : area.current.scrollHeight;
  }, [area, text]);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
