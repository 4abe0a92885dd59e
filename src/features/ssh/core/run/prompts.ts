import { PROMPT_END, START_END, type Become } from './become';

/** What is found in a piece of output on the way to the program. */
export interface Seen {
  /** What is the program's own, or the method's last words. */
  readonly pass: string;
  /** A password is asked for; the user whose it is, where that is told. */
  readonly prompt: { readonly user: string | null } | null;
  readonly started: boolean;
}

/** A name is no longer. */
const MAX_HELD = 65_536;
const MAX_PROMPT_LENGTH = 300;

/**
 * Watches the output of sudo, su or doas for their prompt and for the start of the program. What comes before the
 * program (prompts, a lecture) is no output of it.
 */
export class PromptWatch {
  private held = '';
  private hasStarted = false;

  constructor(private readonly become: Become) {}

  /** Whether it is sure that the program runs. */
  get started(): boolean {
    return this.hasStarted;
  }

  feed(text: string): Seen {
    if (this.hasStarted) return { pass: text, prompt: null, started: false };
    this.held = (this.held + text).slice(-MAX_HELD);
    if (this.become.announced || this.become.method === 'su') {
      const start = `${this.become.marker}${START_END}`;
      const at = this.held.indexOf(start);
      if (at >= 0) return this.start(this.held.slice(at + start.length));
    }
    const prompt = this.takePrompt();
    if (prompt !== null) return { pass: '', prompt, started: false };
    return { pass: this.passable(), prompt: null, started: false };
  }

  /** The password was given: what comes next is the answer to it. */
  answered(): void {
    this.held = '';
  }

  /** What was held back when it ended: why it did not start, or output after all. */
  rest(): string {
    const { held } = this;
    this.held = '';
    return held;
  }

  private start(pass: string): Seen {
    this.hasStarted = true;
    this.held = '';
    return { pass, prompt: null, started: true };
  }

  private takePrompt(): Seen['prompt'] {
    const found = this.promptPattern().exec(this.held);
    if (found === null) return null;
    this.held = this.held.slice(found.index + found[0].length);
    return { user: found[1] ?? null };
  }

  private promptPattern(): RegExp {
    switch (this.become.method) {
      case 'sudo':
        return new RegExp(`${this.become.marker}([^\\n]{0,256}?)${PROMPT_END}`);
      case 'su':
        return /(?:^|\n)[^\n]{0,200}[Pp]assword[^\n]{0,80}: ?$/;
      case 'doas':
        return /(?:^|[\r\n])doas \(([^@\n]{0,256})@[^\n]{0,256}\) password: ?$/;
    }
  }

  /** Without an announcement the program's output goes on at once, but for what may become a prompt. */
  private passable(): string {
    if (this.become.announced || this.become.method === 'su') return '';
    const begin = this.become.method === 'sudo' ? this.become.marker : 'doas (';
    const at = promptStart(this.held, begin);
    const pass = this.held.slice(0, at);
    this.held = this.held.slice(at);
    return pass;
  }
}

/** Where a prompt that begins so may stand, whole or cut; the length where none does. */
function promptStart(text: string, begin: string): number {
  const whole = text.lastIndexOf(begin);
  if (whole >= 0 && text.length - whole <= MAX_PROMPT_LENGTH && !text.slice(whole).includes('\n')) return whole;
  for (let length = Math.min(begin.length - 1, text.length); length > 0; length--) {
    if (begin.startsWith(text.slice(-length))) return text.length - length;
  }
  return text.length;
}
