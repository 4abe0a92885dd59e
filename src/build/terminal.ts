const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 90, bold: 1 } as const;

/** A failure that needs no stack: one plain line that says what to do. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

function hasColours(): boolean {
  return process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['CI'] === undefined;
}

/** The text in a colour where the terminal shows colours. */
export function paint(colour: keyof typeof codes, text: string): string {
  return hasColours() ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** 950 ms, 3.2 s, 75 s. */
export function duration(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  return `${(elapsedMs / 1000).toFixed(elapsedMs < 10_000 ? 1 : 0)} s`;
}

/** Says what is being done, and at the end of the same line how long it took. */
export async function announced<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  const startedMs = Date.now();
  process.stdout.write(`${what} … `);
  try {
    const value = await work();
    say(duration(Date.now() - startedMs));
    return value;
  } catch (error) {
    say('failed');
    throw error;
  }
}

/** The last lines of a program's output, for a failure. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
