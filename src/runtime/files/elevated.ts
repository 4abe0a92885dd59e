import * as l10n from '@vscode/l10n';
import { shownPath } from '../../lib/bytePath';
import { CancelledError, ExpectedError } from '../../lib/errors';
import type { ExecResult, Machine } from '../../machine/machine';
import type { Person } from '../../machine/person';

/** A machine, and who can be asked for the password of sudo there. */
export interface Elevation {
  readonly machine: Machine;
  readonly person: Person;
}

/** As root, by sudo. Throws ExpectedError. */
export async function readElevated(
  elevation: Elevation,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { stdout, truncated } = await asRoot(elevation, ['cat', '--', path], { signal, maxBytes });
  if (!truncated) return stdout;
  throw new ExpectedError(
    'too-large',
    l10n.t('{0} on {1} is larger than {2} bytes.', shownPath(path), elevation.machine.name, maxBytes),
  );
}

/**
 * As root, by sudo: the content goes to a file of the user's own first, then into a copy of the target beside it, which
 * keeps the owner and the mode, and takes its place at once.
 */
export async function writeElevated(
  elevation: Elevation,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const { machine } = elevation;
  const target = await machine.files.resolve(path, signal).catch(() => path);
  const home = await machine.files.resolve('.', signal);
  const mark = Math.random().toString(36).slice(2, 10);
  const [upload, copy] = [`${home}/.opsdeck-${mark}`, `${target}.opsdeck-${mark}`];
  await machine.files.write(upload, content, { signal, mode: 0o600 });
  try {
    const isThere = (await run(elevation, ['test', '-e', target], { signal })).exitCode === 0;
    if (isThere) await asRoot(elevation, ['cp', '-p', '--', target, copy], { signal });
    await asRoot(elevation, ['cp', '--', upload, copy], { signal });
    if (!isThere) await asRoot(elevation, ['chmod', '644', '--', copy], { signal });
    await asRoot(elevation, ['mv', '-f', '--', copy, target], { signal });
  } catch (error) {
    await run(elevation, ['rm', '-f', '--', copy], { signal: new AbortController().signal }).catch(() => undefined);
    throw error;
  } finally {
    await machine.files.remove(upload, new AbortController().signal).catch(() => undefined);
  }
}

interface RunOptions {
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
}

async function asRoot(elevation: Elevation, command: readonly string[], options: RunOptions): Promise<ExecResult> {
  const result = await run(elevation, command, options);
  if (result.exitCode === 0) return result;
  throw new ExpectedError(
    'denied',
    l10n.t('sudo {0} failed on {1}: {2}', command[0] ?? '', elevation.machine.name, errorText(result)),
  );
}

/** Without a password where sudo wants none; else the person is asked, once for each command that sudo has forgotten it for. */
async function run(
  { machine, person }: Elevation,
  command: readonly string[],
  options: RunOptions,
): Promise<ExecResult> {
  const bare = await machine.exec(['sudo', '-n', '--', ...command], options);
  if (bare.exitCode === 0 || !/password|密码/i.test(errorText(bare))) return bare;
  const answer = await person.ask(
    {
      kind: 'secret',
      title: l10n.t('Password for sudo on {0}', machine.name),
      instruction: '',
      prompts: [{ text: l10n.t('Password'), echo: false }],
      refusal: '',
      canKeep: false,
    },
    options.signal,
  );
  if (answer === null) throw new CancelledError('cancelled');
  return machine.exec(['sudo', '-S', '-p', '', '--', ...command], { ...options, stdin: `${answer.texts[0] ?? ''}\n` });
}

function errorText({ stderr }: ExecResult): string {
  return Buffer.from(stderr).toString('utf8').trim().split('\n').slice(-3).join(' ');
}
