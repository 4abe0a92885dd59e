import { Component } from 'preact';
import { paintOf, type TerminalPalette } from '../../report/terminalColour';
import { terminalSpans, type TerminalSpan } from '../../report/terminalSpans';
import { parametersOf, type TerminalStyle } from '../../report/terminalStyle';

interface LinesProps {
  /** With the line break behind the last one, where there is one. */
  readonly text: string;
  readonly palette: TerminalPalette;
}

/** Some lines, drawn again only when they are others: of growing output all but the last part stay as they are. */
export class TerminalLines extends Component<LinesProps> {
  override shouldComponentUpdate(next: LinesProps): boolean {
    return next.text !== this.props.text || next.palette !== this.props.palette;
  }

  override render() {
    const { text, palette } = this.props;
    const spans = joined(text.split(/(?<=\n)/).flatMap(terminalSpans));
    return spans.map(({ text: shown, style }, index) => {
      const parameters = parametersOf(style);
      return parameters === '' ? (
        shown
      ) : (
        <Span key={`${index} ${parameters}`} text={shown} style={style} palette={palette} />
      );
    });
  }
}

/** Neighbours of one style as one: most lines have none at all. */
function joined(spans: readonly TerminalSpan[]): readonly TerminalSpan[] {
  const all: { text: string; readonly style: TerminalStyle }[] = [];
  for (const { text, style } of spans) {
    const last = all.at(-1);
    if (last?.style === style) last.text += text;
    else all.push({ text, style });
  }
  return all;
}

/** The 16 colours come from the style sheet; others are set on the element, as the policy forbids style attributes. */
function Span({ text, style, palette }: { text: string; style: TerminalStyle; palette: TerminalPalette }) {
  const { foreground } = style;
  if (!isOwn(style)) {
    return <span class={`${looksOf(style)}${foreground === null ? '' : `ansi-${String(foreground)}`}`}>{text}</span>;
  }
  const paint = (element: HTMLSpanElement | null): void => {
    if (element === null) return;
    const colours = paintOf(style, palette);
    element.style.color = colours.foreground;
    element.style.backgroundColor = colours.background ?? '';
  };
  return (
    <span ref={paint} class={looksOf(style)}>
      {text}
    </span>
  );
}

/** More than one of the 16 colours on the ground of the block. */
function isOwn({ foreground, background, dim, inverse }: TerminalStyle): boolean {
  return dim || inverse || background !== null || typeof foreground === 'string' || (foreground ?? 0) > 15;
}

function looksOf({ bold, italic, underline, strike }: TerminalStyle): string {
  const looks = [bold && 'bold', italic && 'italic', underline && 'underline', strike && 'strike'];
  return looks.map((look) => (look === false ? '' : `${look} `)).join('');
}
