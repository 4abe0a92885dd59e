import * as readline from 'node:readline/promises';

/** Asks the person at the terminal; anything but yes, and the end of the input, is no. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const reader = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是)$/i.test((await reader.question(question, { signal })).trim());
  } finally {
    reader.close();
  }
}
