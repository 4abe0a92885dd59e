import type { TerminalColour, TerminalStyle } from './terminalStyle';

/** The colours of a theme, each as #rrggbb. */
export interface TerminalPalette {
  /** Black, red, green, yellow, blue, magenta, cyan, white, and the same bright. */
  readonly ansi: readonly string[];
  readonly foreground: string;
  readonly background: string;
}

export interface Paint {
  readonly foreground: string;
  /** null: what the whole block has. */
  readonly background: string | null;
}

/** WCAG 2.2, 1.4.3. */
const READABLE = 4.5;
const MIX_STEPS = 20;
/** How far dim text goes towards what is behind it. */
const DIM_SHARE = 0.35;

/** The colours of a text, with inverse applied and made readable: its foreground moves away from what is behind it. */
export function paintOf(style: TerminalStyle, palette: TerminalPalette): Paint {
  const behind = colourOf(style.background, palette);
  const bright = colourOf(style.foreground, palette) ?? palette.foreground;
  const text = style.dim ? mix(bright, behind ?? palette.background, DIM_SHARE) : bright;
  if (style.inverse) return { foreground: readable(behind ?? palette.background, text), background: text };
  return { foreground: readable(text, behind ?? palette.background), background: behind };
}

/** xterm's 256 colours: a cube of 6 x 6 x 6 behind the 16, then 24 greys. */
function colourOf(colour: TerminalColour, palette: TerminalPalette): string | null {
  if (colour === null || typeof colour === 'string') return colour;
  if (colour < 16) return palette.ansi[colour] ?? palette.foreground;
  if (colour >= 232) return hex([8 + 10 * (colour - 232), 8 + 10 * (colour - 232), 8 + 10 * (colour - 232)]);
  const at = colour - 16;
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  return hex([level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)]);
}

/** The colour itself where it can be read there, else as little as needed of it mixed with black or white. */
export function readable(colour: string, background: string): string {
  if (contrastOf(colour, background) >= READABLE) return colour;
  const end = contrastOf('#ffffff', background) >= contrastOf('#000000', background) ? '#ffffff' : '#000000';
  for (let step = 1; step < MIX_STEPS; step++) {
    const mixed = mix(colour, end, step / MIX_STEPS);
    if (contrastOf(mixed, background) >= READABLE) return mixed;
  }
  return end;
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: string, to: string, share: number): string {
  const ends = partsOf(to);
  return hex(partsOf(from).map((part, index) => Math.round(part + ((ends[index] ?? 0) - part) * share)));
}

function partsOf(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
