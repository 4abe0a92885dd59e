/** What a terminal would do at each piece of output; everything else that output asks of it is passed over. */
export interface TerminalActions {
  /** Holds no control character but \n and tab. */
  text(run: string): void;
  newline(): void;
  carriageReturn(): void;
  backspace(): void;
  /** A control sequence (ECMA-48, 5.4): its final character and what stands before it. */
  control(final: string, parameters: string): void;
}

/**
 * What needs no thought: tab, line break and whatever is neither a control character nor turns the direction of text
 * (UAX #9). No such character may reach a reader: lines would read other than they are.
 */
const PLAIN_RUN = /[\t\n -~\u00a0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\uffff]+/y;
const PARAMETERS = /[ -?]*/y;
/** Intermediate characters of an escape sequence. */
const INTERMEDIATES = /[ -/]*/y;
const CONTROL = /\p{Cc}/gu;
/** No sequence that matters is longer; what follows is dropped with it. */
const MAX_PARAMETERS_LENGTH = 256;
/** A command string that does not end hides what follows only so far. */
const MAX_STRING_LENGTH = 1_048_576;

const BEL = 0x07;
const BS = 0x08;
const LF = 0x0a;
const VT = 0x0b;
const FF = 0x0c;
const CR = 0x0d;
const CAN = 0x18;
const SUB = 0x1a;
const ESC = 0x1b;
const IND = 0x84;
const NEL = 0x85;
const CSI = 0x9b;
const ST = 0x9c;
const OSC = 0x9d;
/** DCS, SOS, PM and APC. */
const STRINGS: readonly number[] = [0x90, 0x98, 0x9e, 0x9f];

type State = 'ground' | 'escape' | 'control' | 'command' | 'string';

/**
 * Takes output apart as it comes (ECMA-48; the states of a VT500 parser): a sequence may begin in one piece and end in
 * the next. 8-bit forms (U+0080 to U+009F) count as their two-character ones.
 */
export class TerminalScanner {
  private state: State = 'ground';
  private parameters = '';
  private stringLength = 0;

  constructor(private readonly actions: TerminalActions) {}

  scan(output: string): void {
    let at = 0;
    while (at < output.length) at = this.step(output, at);
  }

  /** Takes at least one character, or changes the state. */
  private step(output: string, at: number): number {
    switch (this.state) {
      case 'ground':
        return this.ground(output, at);
      case 'escape':
        return this.escape(output, at);
      case 'control':
        return this.control(output, at);
      case 'command':
      case 'string':
        return this.skipString(output, at);
    }
  }

  private ground(output: string, at: number): number {
    const run = matchAt(PLAIN_RUN, output, at);
    if (run !== '') {
      this.actions.text(run);
      return at + run.length;
    }
    this.obey(output.charCodeAt(at));
    return at + 1;
  }

  private obey(code: number): void {
    if (code === CR) this.actions.carriageReturn();
    else if (code === BS) this.actions.backspace();
    else if (code === VT || code === FF || code === IND || code === NEL) this.actions.newline();
    else if (code === ESC) this.state = 'escape';
    else if (code === CSI) this.enterControl();
    else if (code === OSC) this.enterString('command');
    else if (STRINGS.includes(code)) this.enterString('string');
  }

  private enterControl(): void {
    this.state = 'control';
    this.parameters = '';
  }

  private enterString(state: 'command' | 'string'): void {
    this.state = state;
    this.stringLength = 0;
  }

  private escape(output: string, at: number): number {
    const code = output.charCodeAt(at);
    const intermediates = matchAt(INTERMEDIATES, output, at);
    if (intermediates !== '') return at + intermediates.length;
    this.state = 'ground';
    // Ends a sequence that was not finished, and is itself obeyed.
    if (code < 0x30 || code > 0x7e) return at;
    // ESC @ to ESC _ are the 8-bit controls in seven bits.
    if (code >= 0x40 && code <= 0x5f) this.obey(code + 0x40);
    return at + 1;
  }

  private control(output: string, at: number): number {
    const found = matchAt(PARAMETERS, output, at);
    if (found !== '') {
      if (this.parameters.length <= MAX_PARAMETERS_LENGTH) this.parameters += found.slice(0, MAX_PARAMETERS_LENGTH + 1);
      return at + found.length;
    }
    this.state = 'ground';
    const code = output.charCodeAt(at);
    if (code < 0x40 || code > 0x7e) return at;
    if (this.parameters.length <= MAX_PARAMETERS_LENGTH) {
      this.actions.control(String.fromCharCode(code), this.parameters);
    }
    return at + 1;
  }

  /** Title, clipboard, link, picture: none of them is text. A line break ends a command that was never ended. */
  private skipString(output: string, at: number): number {
    CONTROL.lastIndex = at;
    const found = CONTROL.exec(output)?.index ?? output.length;
    this.stringLength += found - at + 1;
    if (this.stringLength > MAX_STRING_LENGTH) {
      this.state = 'ground';
      return at;
    }
    if (found === output.length) return found;
    const code = output.charCodeAt(found);
    const isEnd = code === ESC || code === ST || code === CAN || code === SUB;
    if (!isEnd && !(this.state === 'command' && (code === BEL || code === LF))) return found + 1;
    this.state = code === ESC ? 'escape' : 'ground';
    return code === LF ? found : found + 1;
  }
}

/** What a sticky pattern finds there; '' for nothing. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
