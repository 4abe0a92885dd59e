import { pipeline, type Readable, type Writable } from 'node:stream';
import { settlesWithin, untilAborted } from '../../../lib/deadline';
import type { ExitStatus, TerminalSize } from '../../machine';
import type { Channel, Transport } from '../transport';
import { AfterMark } from './afterMark';
import { noShellError, problemError } from './commandErrors';
import { commandScript, plainLine, SCRIPT_LINE, type CommandSpec, type StartProblem } from './commandScript';
import { loginLine, printfFormat, shellBytes } from './quote';
import { newMark } from './session';

const END_WAIT_MS = 6_000;
const START_WAIT_MS = 2_000;

/** A program that runs on the host. */
export interface RemoteCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly channel: Channel;
  /** As Channel.ended. */
  readonly ended: Promise<ExitStatus>;
  /** To the program and what it started. `name` without SIG. */
  send(name: string): Promise<void>;
  /** Ends it with all that it has started: asks first, then forces. Never rejects. */
  end(): Promise<void>;
}

/** Where commands are started. */
export interface CommandHome {
  readonly transport: (signal: AbortSignal) => Promise<Transport>;
  /** A channel with a `sh` that waits for a script; null where a new one has to be opened. */
  takeSpare(): Channel | null;
}

type StartSpec = CommandSpec & { readonly terminal?: TerminalSize };

/**
 * Starts a program, by `sh` whichever the login shell is. Fulfilled when it runs; throws ExpectedError where it does
 * not. A server does not end what runs without a terminal when its channel is closed: that takes a second channel.
 */
export async function startCommand(
  home: CommandHome,
  host: string,
  spec: StartSpec,
  signal: AbortSignal,
): Promise<RemoteCommand> {
  const transport = await home.transport(signal);
  const spare = spec.terminal === undefined ? home.takeSpare() : null;
  if (spare !== null) {
    const start = new Start(transport, spare, spec);
    spare.stdin.write(shellBytes(`{ ${start.script}\n}\n`));
    const command = await start.begun(host, signal);
    // One that ends without a word had ended before the script came to it: nothing was started.
    if (command !== null) return command;
  }
  const { terminal } = spec;
  const mark = newMark();
  const plain = terminal === undefined ? plainLine(mark, spec) : null;
  const line = plain ?? (terminal === undefined ? SCRIPT_LINE : loginLine(scriptOf(mark, spec)));
  // What is typed before a terminal is in raw mode is shown and may be cut: the script goes with the line.
  const channel = await transport.open({ kind: 'exec', line, ...(terminal === undefined ? {} : { terminal }) }, signal);
  const start = new Start(transport, channel, spec, mark);
  if (line === SCRIPT_LINE) channel.stdin.write(`${printfFormat(start.script)}\n`);
  const command = await start.begun(host, signal);
  if (command === null) throw await start.lostOrNoShell(host);
  return command;
}

function scriptOf(mark: string, spec: StartSpec): string {
  return commandScript(mark, { ...spec, onTerminal: spec.terminal !== undefined });
}

/** A script on its way to a shell, until it has become the program. */
class Start {
  readonly script: string;
  private readonly stdout: AfterMark;
  private readonly stderr: Readable;

  constructor(
    private readonly transport: Transport,
    private readonly channel: Channel,
    private readonly spec: StartSpec,
    mark = newMark(),
  ) {
    this.script = scriptOf(mark, spec);
    // Its errors are those of the streams and of `ended`.
    channel.stdin.on('error', () => undefined);
    channel.ended.catch(() => undefined);
    this.stdout = after(mark, channel.stdout);
    this.stderr = spec.terminal === undefined ? after(mark, channel.stderr) : channel.stderr;
  }

  /** null: the shell has ended and began with nothing. Throws ExpectedError, or CancelledError. */
  async begun(host: string, signal: AbortSignal): Promise<RemoteCommand | null> {
    const { transport, channel, stdout, stderr, spec } = this;
    const { found } = stdout;
    try {
      const line = await untilAborted(found, signal);
      if (line === null) return null;
      const [first = '', kind] = line.split(' ');
      if (kind === undefined) throw problemError(first as StartProblem, host, spec.words[0] ?? '', spec.cwd);
      const target = kind === 'group' ? `-${Number(first)}` : String(Number(first));
      return {
        stdin: channel.stdin,
        stdout,
        stderr,
        channel,
        ended: channel.ended,
        send: (name) => runEnding(transport, `kill -${name} ${target}`),
        end: () => endCommand(transport, channel, target),
      };
    } catch (error) {
      void endUnstarted(transport, channel, found);
      throw error;
    }
  }

  /** Why it began with nothing. */
  async lostOrNoShell(host: string): Promise<unknown> {
    const { channel, stdout, stderr } = this;
    try {
      await channel.ended;
    } catch (error) {
      return error;
    } finally {
      channel.close();
    }
    const said = stderr instanceof AfterMark ? stderr.words : '';
    return noShellError(host, `${stdout.words}\n${said}`);
  }
}

function after(mark: string, source: Readable): AfterMark {
  // Whoever reads it sees its errors; the callback is what keeps them from being thrown.
  return pipeline(source, new AfterMark(mark), () => undefined);
}

/** It may have been cancelled just before it told its number. */
async function endUnstarted(transport: Transport, channel: Channel, found: Promise<string | null>): Promise<void> {
  if (await settlesWithin(found, START_WAIT_MS)) {
    const [pid = '', kind] = (await found)?.split(' ') ?? [];
    if (kind !== undefined) return endCommand(transport, channel, kind === 'group' ? `-${pid}` : pid);
  }
  channel.close();
}

/** In the one form that dash and busybox have in common for a process group: kill -TERM -123. */
const END_SCRIPT = `kill -TERM "$t" 2>/dev/null || exit 0
i=0; while [ $i -lt 20 ] && kill -0 "$t" 2>/dev/null; do sleep 0.1 2>/dev/null || sleep 1; i=$((i+1)); done
kill -KILL "$t" 2>/dev/null`;

async function endCommand(transport: Transport, channel: Channel, target: string): Promise<void> {
  channel.ended.catch(() => undefined);
  await settlesWithin(runEnding(transport, `t=${target}\n${END_SCRIPT}`), END_WAIT_MS);
  channel.close();
}

/** On a channel of its own; what it prints does not matter. */
async function runEnding(transport: Transport, script: string): Promise<void> {
  const channel = await transport.open({ kind: 'exec', line: SCRIPT_LINE }, AbortSignal.timeout(END_WAIT_MS));
  for (const stream of [channel.stdin, channel.stdout, channel.stderr]) stream.on('error', () => undefined);
  channel.stdout.resume();
  channel.stderr.resume();
  channel.stdin.end(`${printfFormat(script)}\n`);
  await channel.ended;
}
