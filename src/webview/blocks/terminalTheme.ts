import { useEffect, useState } from 'preact/hooks';
import type { TerminalPalette } from '../../report/terminalColour';

const NAMES = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
const ANSI = [...NAMES, ...NAMES.map((name) => `Bright${name}`)].map((name) => `var(--vscode-terminal-ansi${name})`);
const FOREGROUND = 'var(--vscode-terminal-foreground, var(--vscode-foreground))';
const BACKGROUND = 'var(--vscode-terminal-background, var(--vscode-editor-background))';

/** The theme's terminal colours of now, and again when VS Code changes the theme: class and style tell. */
export function useTerminalPalette(): TerminalPalette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(readPalette()));
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, []);
  return palette;
}

/** Variables are resolved by the browser itself, on an element that is there only for that. */
function readPalette(): TerminalPalette {
  const probe = document.createElement('span');
  probe.className = 'theme-probe';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const resolve = (colour: string): string => {
    probe.style.color = '';
    probe.style.color = colour;
    return hexOf(style.color);
  };
  const palette = { ansi: ANSI.map(resolve), foreground: resolve(FOREGROUND), background: resolve(BACKGROUND) };
  probe.remove();
  return palette;
}

/** 'rgb(1, 2, 3)', or with a share of opacity that is left out, as #rrggbb. */
function hexOf(colour: string): string {
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Math.round(Number(part)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
