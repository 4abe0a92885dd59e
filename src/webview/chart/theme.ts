import { useEffect, useState } from 'preact/hooks';

/** Colours for the canvas, which cannot read CSS variables; each is any CSS colour. */
export interface ChartTheme {
  /** One after another for the lines of a chart. */
  readonly lines: readonly string[];
  readonly text: string;
  readonly grid: string;
  /** A CSS font. */
  readonly font: string;
}

/** The theme's own orange is half transparent in some themes and missing in others, so it is mixed. */
const LINES = [
  'var(--vscode-charts-blue)',
  'color-mix(in srgb, var(--vscode-charts-red), var(--vscode-charts-yellow))',
  'var(--vscode-charts-green)',
  'var(--vscode-charts-purple)',
  'var(--vscode-charts-yellow)',
  'var(--vscode-charts-red)',
];

/** The theme of now, and again when VS Code changes it: it then sets the body's class and the root's style. */
export function useChartTheme(): ChartTheme {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(readTheme()));
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

/** Variables are resolved by the browser itself, on an element that is there only for that. */
function readTheme(): ChartTheme {
  const probe = document.createElement('span');
  probe.className = 'theme-probe';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const resolve = (colour: string): string => {
    probe.style.color = colour;
    return style.color;
  };
  const theme = {
    lines: LINES.map(resolve),
    text: resolve('var(--muted)'),
    grid: resolve('var(--line)'),
    font: `11px ${style.fontFamily}`,
  };
  probe.remove();
  return theme;
}

/** Line by line its own, so that lines can be told apart in one colour; in pixels. The first is solid. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 3],
  [10, 3, 2, 3],
  [12, 4],
  [4, 2, 2, 2, 2, 2],
  [1, 4],
  [8, 2, 4, 2],
];

export function dashOf(line: number): readonly number[] {
  return DASHES[line % DASHES.length] ?? [];
}

export function colourOf(theme: ChartTheme, line: number): string {
  return theme.lines[line % theme.lines.length] ?? theme.text;
}
