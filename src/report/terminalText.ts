import * as l10n from '@vscode/l10n';
import { TerminalLine } from './terminalLine';
import { TerminalScanner, type TerminalActions } from './terminalScanner';
import { type TerminalLimits, TerminalStore } from './terminalStore';
import { parametersOf, PLAIN_STYLE, styleAfter, type TerminalStyle } from './terminalStyle';

const DEFAULT_LIMITS: TerminalLimits = { first: 65_536, last: 196_608 };

/**
 * What a program wrote, as the text of a terminal block: nothing in it but text, line breaks, tabs and SGR sequences
 * (`ESC [ … m`), none of which reaches beyond its line. Of long output the first and the last part are kept, with a
 * line between them that tells how much is left out.
 */
export function terminalText(output: string, limits: TerminalLimits = DEFAULT_LIMITS): string {
  const screen = new TerminalScreen(limits);
  screen.write(output);
  return screen.text();
}

/**
 * The same for output that comes in pieces. As on a terminal a carriage return goes back to the start of the line,
 * so that of a progress bar only its last state is left; lines that are done are not touched again. What moves the
 * cursor to other lines, clears the screen, sets titles, links, the clipboard or modes is passed over.
 */
export class TerminalScreen {
  private readonly store: TerminalStore;
  private readonly line = new TerminalLine();
  private readonly scanner: TerminalScanner;
  private style: TerminalStyle = PLAIN_STYLE;
  /** `style` as SGR parameters. */
  private parameters = '';
  /** The first half of a surrogate pair that was cut between two pieces. */
  private half = '';

  constructor(limits: TerminalLimits = DEFAULT_LIMITS) {
    this.store = new TerminalStore(limits);
    this.scanner = new TerminalScanner(this.actions());
  }

  write(output: string): void {
    const text = this.half + output;
    const isCut = /[\ud800-\udbff]$/.test(text);
    this.half = isCut ? text.slice(-1) : '';
    this.scanner.scan(isCut ? text.slice(0, -1) : text);
  }

  text(): string {
    const { firstPart, lastPart, droppedBytes } = this.store;
    if (droppedBytes === 0) return firstPart + lastPart + this.line.encoded();
    const lineBreak = firstPart === '' || firstPart.endsWith('\n') ? '' : '\n';
    return `${firstPart}${lineBreak}${leftOut(droppedBytes)}\n${lastPart}${this.line.encoded()}`;
  }

  private actions(): TerminalActions {
    return {
      text: (run) => this.add(run),
      newline: () => this.endLine('\n'),
      carriageReturn: () => this.line.carriageReturn(),
      backspace: () => this.line.move(-1),
      control: (final, parameters) => this.obey(final, parameters),
    };
  }

  private add(run: string): void {
    const end = run.lastIndexOf('\n') + 1;
    if (end > 0 && this.parameters === '' && this.line.onlyGrows) {
      this.store.push(this.line.encoded() + run.slice(0, end));
      this.line.clear();
      this.put(run.slice(end));
      return;
    }
    const lines = run.split('\n');
    lines.forEach((line, index) => {
      this.put(line);
      if (index < lines.length - 1) this.endLine('\n');
    });
  }

  private put(text: string): void {
    for (let at = 0; at < text.length;) {
      at += this.line.put(at === 0 ? text : text.slice(at), this.parameters);
      if (this.line.isFull) this.endLine('');
    }
  }

  private endLine(lineBreak: '' | '\n'): void {
    this.store.push(this.line.encoded() + lineBreak);
    this.line.clear();
  }

  /** SGR, EL, and what moves within the line: CUF, CUB and CHA (ECMA-48, 8.3). */
  private obey(final: string, parameters: string): void {
    if (final === 'm' && /^[\d;:]*$/.test(parameters)) {
      this.style = styleAfter(this.style, parameters);
      this.parameters = parametersOf(this.style);
      return;
    }
    if (!/^\d{0,5}$/.test(parameters)) return;
    const count = Math.max(1, Number(parameters));
    if (final === 'C') this.line.move(count);
    else if (final === 'D') this.line.move(-count);
    else if (final === 'G') this.line.moveTo(count - 1);
    else if (final === 'K' && Number(parameters) <= 2) this.line.erase(ERASED[Number(parameters)] ?? 'rest');
  }
}

const ERASED = ['rest', 'start', 'all'] as const;

/** Dim and italic, as it is no part of the output. */
function leftOut(bytes: number): string {
  const escape = '\u001b';
  return `${escape}[2;3m${l10n.t('… {0} bytes are left out here …', bytes)}${escape}[0m`;
}
