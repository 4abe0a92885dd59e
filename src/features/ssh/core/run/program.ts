import { randomBytes } from 'node:crypto';
import { withDeadline, type Deadline } from '../../../../lib/deadline';
import type { ExitStatus, Machine } from '../../../../machine/machine';
import type { Person } from '../../../../machine/person';
import { Attempt, type Outcome } from './attempt';
import type { Become } from './become';
import type { OutputScreen } from './capture';
import { endPrivileged } from './endPrivileged';
import { LONGEST_SECONDS, type RunInput } from './inputs';
import { launchOf, type Launch } from './launch';
import { BecomePassword, type PasswordStore } from './password';
import { noBecomeThere } from './refusals';
import type { RunResult } from './schema';

/** So much of a script stands in the result. */
const SCRIPT_LENGTH = 20_000;

export interface ProgramParts {
  readonly machine: Machine;
  readonly input: RunInput;
  readonly signal: AbortSignal;
  readonly secrets: PasswordStore;
  readonly person: Person | null;
  newScreen(): OutputScreen;
  changed(): void;
}

/** A program's run from its start to its end, and at every moment what is known of it. */
export class Program {
  private readonly launch: Launch;
  private readonly password: BecomePassword;
  private readonly deadline: Deadline;
  private startedMs = Date.now();
  private startedAt = performance.now();
  private endedAt: number | null = null;
  private attempt: Attempt | null = null;
  private status: ExitStatus | null = null;
  private state: RunResult['state'] = 'running';

  constructor(private readonly parts: ProgramParts) {
    const { input, machine, secrets, person } = parts;
    this.launch = launchOf(input);
    this.deadline = withDeadline(parts.signal, (input.timeoutSeconds ?? LONGEST_SECONDS) * 1_000);
    const { method, user } = this.launch.become ?? { method: 'sudo', user: 'root' };
    const place = { machine: machine.name, method, user };
    this.password = new BecomePassword({ place, secrets, person, signal: this.deadline.signal });
  }

  /** Throws ExpectedError when it could not be started at all, or the connection was lost. */
  async run(): Promise<void> {
    const { become } = this.launch;
    try {
      const { machine } = this.parts;
      if (become !== null && machine.platform === 'win32') throw noBecomeThere(become.method, machine.name);
      await this.attempts();
    } finally {
      this.endedAt = performance.now();
      this.deadline.clear();
    }
  }

  result(): RunResult {
    const { input, machine } = this.parts;
    const { stdout, stderr } = this.attempt ?? {};
    const isScript = input.script !== undefined && input.script.trim() !== '';
    return {
      machine: machine.name,
      command: isScript ? this.launch.command.slice(0, 2) : [...this.launch.command],
      script: isScript ? (input.script ?? '').slice(0, SCRIPT_LENGTH) : null,
      cwd: input.cwd ?? null,
      become: input.become,
      becomeUser: this.launch.become?.user ?? null,
      terminal: this.launch.terminal !== undefined,
      timeoutSeconds: input.timeoutSeconds ?? null,
      state: this.state,
      startedMs: this.startedMs,
      elapsedMs: Math.round((this.endedAt ?? performance.now()) - this.startedAt),
      exitCode: this.status?.exitCode ?? null,
      signal: this.status?.signal ?? null,
      stdout: stdout?.text() ?? '',
      stderr: stderr?.text() ?? '',
      stdoutBytes: stdout?.bytes ?? 0,
      stderrBytes: stderr?.bytes ?? 0,
      lines: (stdout?.lines ?? 0) + (stderr?.lines ?? 0),
    };
  }

  /** Once, or again with a password when one is needed, and again while it is wrong. */
  private async attempts(): Promise<void> {
    for (let asks = false; ; asks = true) {
      const become = this.becomeFor(asks);
      const outcome = await this.start(become);
      if (outcome.kind === 'wrong-password') await this.password.wrong();
      if (outcome.kind === 'wrong-password' || outcome.kind === 'needs-password') continue;
      if (outcome.kind === 'ended') {
        this.status = outcome.status;
        this.state = 'ended';
      } else {
        this.state = this.deadline.fired === 'timed-out' ? 'timed-out' : 'cancelled';
      }
      return;
    }
  }

  private start(become: Become | null): Promise<Outcome> {
    const { machine, newScreen, changed } = this.parts;
    const { launch, password, deadline } = this;
    const began = (): void => {
      this.startedMs = Date.now();
      this.startedAt = performance.now();
    };
    began();
    const { signal } = deadline;
    const endOthers = (): Promise<void> => this.endOthers(become);
    this.attempt = new Attempt({ machine, launch, become, password, signal, newScreen, changed, began, endOthers });
    return this.attempt.run();
  }

  /** sudo is tried without a password first: only then is it sure that one is asked for, and standard input is free. */
  private becomeFor(asks: boolean): Become | null {
    const { become, stdin, terminal } = this.launch;
    if (become === null) return null;
    const announced = become.method === 'su' || stdin !== '';
    const silent = become.method === 'sudo' && !announced && !asks && terminal === undefined;
    return { ...become, marker: newMarker(), announced, silent };
  }

  /**
   * What sudo started is another user's, and no signal of ours reaches it; a terminal that goes away does. sudo itself
   * is reached, and takes along only the one program it knows of: so this comes before it is told to end.
   */
  private async endOthers(become: Become | null): Promise<void> {
    if (become?.method !== 'sudo' || this.launch.terminal !== undefined) return;
    const { user, marker } = become;
    await endPrivileged({ machine: this.parts.machine, user, marker, password: this.password.text }, newMarker);
  }
}

function newMarker(): string {
  return `opsdeck-${randomBytes(12).toString('hex')}`;
}
