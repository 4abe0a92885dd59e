import * as l10n from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../../lib/errors';
import type { ExecResult, Machine } from '../../machine/machine';
import type { Person } from '../../machine/person';

const DEADLINE_MS = 300_000;
const CLEAN_UP_MS = 10_000;
/** The first answer, and two more. */
const MOST_ANSWERS = 3;

/**
 * Commands as root for one operation: the password is asked for when sudo wants one, checked, and kept as long as the
 * operation takes, since sudo itself forgets it from one command to the next where there is no terminal.
 */
export class Sudo {
  /** undefined until it is known; null where none is wanted. */
  private password: string | null | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly person: Person,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws ExpectedError where the command fails. */
  async run(command: readonly string[], maxBytes?: number): Promise<ExecResult> {
    const result = await this.attempt(command, maxBytes);
    if (result.exitCode === 0) return result;
    throw new ExpectedError(
      'denied',
      l10n.t('sudo {0} failed on {1}: {2}', command[0] ?? '', this.machine.name, errorText(result)),
    );
  }

  /** Its failure is an answer too. */
  async attempt(command: readonly string[], maxBytes?: number): Promise<ExecResult> {
    const password = this.password === undefined ? await this.unlock() : this.password;
    return this.exec(command, password, this.signal, maxBytes);
  }

  /** Asks nobody, goes on after a cancel, and says nothing. */
  async cleanUp(command: readonly string[]): Promise<void> {
    const signal = AbortSignal.timeout(CLEAN_UP_MS);
    await this.exec(command, this.password ?? null, signal).catch(() => undefined);
  }

  private exec(
    command: readonly string[],
    password: string | null,
    signal: AbortSignal,
    maxBytes?: number,
  ): Promise<ExecResult> {
    const options = { signal, deadlineMs: DEADLINE_MS, ...(maxBytes === undefined ? {} : { maxBytes }) };
    if (password === null) return this.machine.exec(['sudo', '-n', '--', ...command], options);
    return this.machine.exec(['sudo', '-S', '-p', '', '--', ...command], { ...options, stdin: `${password}\n` });
  }

  private async unlock(): Promise<string | null> {
    const { signal, machine } = this;
    const bare = await machine.exec(['sudo', '-n', '--', 'true'], { signal });
    // Whatever else is wrong, the command itself will tell.
    if (bare.exitCode === 0 || !/password/i.test(errorText(bare))) return (this.password = null);
    let refusal = '';
    for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
      const password = await this.ask(refusal);
      const checked = await machine.exec(['sudo', '-S', '-p', '', '-v'], { signal, stdin: `${password}\n` });
      if (checked.exitCode === 0) return (this.password = password);
      refusal = l10n.t('sudo on {0} refused it: {1}', machine.name, errorText(checked, 1));
      // Another password would not help.
      if (/may not run sudo|not in the sudoers/.test(errorText(checked))) break;
    }
    throw new ExpectedError('denied', l10n.t('{0} Nothing was done; try again.', refusal));
  }

  private async ask(refusal: string): Promise<string> {
    const answer = await this.person.ask(
      {
        kind: 'secret',
        title: l10n.t('Password for sudo on {0}', this.machine.name),
        instruction: '',
        prompts: [{ text: l10n.t('Password'), echo: false }],
        refusal,
        canKeep: false,
      },
      this.signal,
    );
    if (answer === null) throw new CancelledError('cancelled');
    return answer.texts[0] ?? '';
  }
}

function errorText({ stderr }: ExecResult, lines = 3): string {
  return Buffer.from(stderr).toString('utf8').trim().split('\n').slice(-lines).join(' ');
}
