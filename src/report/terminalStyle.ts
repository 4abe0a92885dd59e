/** One of the 256 colours by its number (0 to 15 are the theme's own), any other as #rrggbb, null for the default. */
export type TerminalColour = number | `#${string}` | null;

/** How text stands in a terminal: what SGR sets (ECMA-48, 8.3.117; xterm's ctlseqs for colours). */
export interface TerminalStyle {
  readonly foreground: TerminalColour;
  readonly background: TerminalColour;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
}

export const PLAIN_STYLE: TerminalStyle = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
};

/** More than anybody sends in earnest. */
const MAX_PARAMETERS = 64;

/** What single numbers change. Blinking and hidden text are not among them: what a program wrote can be read. */
const CHANGES: Readonly<Record<number, Partial<TerminalStyle>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { foreground: null },
  49: { background: null },
};

/** The style after the parameters of an SGR sequence: '1;31', '38:2::255:0:0', '' for a reset. */
export function styleAfter(style: TerminalStyle, parameters: string): TerminalStyle {
  const words = parameters.split(';').slice(0, MAX_PARAMETERS);
  let next = style;
  for (let at = 0; at < words.length; at++) {
    const parts = (words[at] ?? '').split(':').map(Number);
    const code = parts[0] ?? 0;
    if (code === 38 || code === 48 || code === 58) {
      const isOneWord = parts.length > 1;
      const { colour, taken } = isOneWord ? colonColour(parts) : semicolonColour(words, at + 1);
      if (!isOneWord) at += taken;
      if (colour !== null && code !== 58) next = coloured(next, code === 38, colour);
    } else next = afterCode(next, code, parts[1]);
  }
  return next;
}

function afterCode(style: TerminalStyle, code: number, detail: number | undefined): TerminalStyle {
  if (code === 0) return PLAIN_STYLE;
  if (code === 4 && detail === 0) return { ...style, underline: false };
  if (code >= 30 && code <= 37) return coloured(style, true, code - 30);
  if (code >= 40 && code <= 47) return coloured(style, false, code - 40);
  if (code >= 90 && code <= 97) return coloured(style, true, code - 82);
  if (code >= 100 && code <= 107) return coloured(style, false, code - 92);
  return { ...style, ...CHANGES[code] };
}

function coloured(style: TerminalStyle, isForeground: boolean, colour: TerminalColour): TerminalStyle {
  return isForeground ? { ...style, foreground: colour } : { ...style, background: colour };
}

interface ReadColour {
  readonly colour: TerminalColour;
  /** Words after the 38 or 48. */
  readonly taken: number;
}

/** 38;5;n and 38;2;r;g;b. */
function semicolonColour(words: readonly string[], at: number): ReadColour {
  const kind = Number(words[at]);
  if (kind === 5) return { colour: indexed(Number(words[at + 1])), taken: 2 };
  if (kind === 2) return { colour: rgb(words.slice(at + 1, at + 4).map(Number)), taken: 4 };
  return { colour: null, taken: 1 };
}

/** 38:5:n, 38:2:r:g:b and 38:2:colour space:r:g:b (ITU-T T.416, 13.1.8). */
function colonColour(parts: readonly number[]): ReadColour {
  const colour =
    parts[1] === 5
      ? indexed(parts[2] ?? Number.NaN)
      : parts[1] === 2
        ? rgb(parts.slice(parts.length > 5 ? 3 : 2))
        : null;
  return { colour, taken: 0 };
}

function indexed(number: number): TerminalColour {
  return Number.isInteger(number) && number >= 0 && number <= 255 ? number : null;
}

function rgb(parts: readonly number[]): TerminalColour {
  const [red, green, blue] = parts;
  const isColour = (part: number | undefined): part is number =>
    part !== undefined && Number.isInteger(part) && part >= 0 && part <= 255;
  if (!isColour(red) || !isColour(green) || !isColour(blue)) return null;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The parameters that make this style out of the plain one; '' for the plain one itself. */
export function parametersOf(style: TerminalStyle): string {
  const flags = [style.bold && 1, style.dim && 2, style.italic && 3, style.underline && 4];
  const parts = [...flags, style.inverse && 7, style.strike && 9].filter((flag) => flag !== false).map(String);
  if (style.foreground !== null) parts.push(colourParameters(style.foreground, 30));
  if (style.background !== null) parts.push(colourParameters(style.background, 40));
  return parts.join(';');
}

/** `base` is 30 for the text, 40 for what is behind it. */
function colourParameters(colour: number | `#${string}`, base: number): string {
  if (typeof colour === 'number') {
    if (colour < 8) return String(base + colour);
    return colour < 16 ? String(base + 52 + colour) : `${base + 8};5;${colour}`;
  }
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `${base + 8};2;${parts.join(';')}`;
}
