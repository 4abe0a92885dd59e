import { spawn, type ChildProcess } from 'node:child_process';
import * as net from 'node:net';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { Channel, ChannelRequest, Transport } from '../../../../../src/machine/ssh/transport';

/** A transport without a network: what a login shell of this machine does with the line. Channels are counted. */
export interface ProcessTransport extends Transport {
  /** The lines of all channels so far. */
  readonly lines: string[];
  readonly children: ReadonlySet<ChildProcess>;
}

export interface ProcessTransportOptions {
  /** What the line is given to, with -c before it. */
  readonly shell?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly cwd?: string;
}

export function processTransport(options: ProcessTransportOptions = {}): ProcessTransport {
  const [shell = 'sh', ...args] = options.shell ?? ['sh'];
  const children = new Set<ChildProcess>();
  const lines: string[] = [];
  let close: (error: Error | undefined) => void = () => undefined;
  const closed = new Promise<Error | undefined>((resolve) => (close = resolve));
  let open = true;
  const start = (request: ChannelRequest): Channel => {
    if (!open) throw new ExpectedError('closed', 'closed');
    if (request.kind !== 'exec' || request.terminal !== undefined) throw new ExpectedError('refused', 'refused');
    lines.push(request.line);
    const child = spawn(shell, [...args, '-c', request.line], {
      detached: true,
      env: { ...process.env, ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return channelOf(child);
  };
  return {
    kind: 'system',
    remarks: [],
    lines,
    children,
    open: (request) => Promise.resolve().then(() => start(request)),
    connect: (target) =>
      Promise.resolve(net.connect(target.kind === 'tcp' ? { host: target.host, port: target.port } : target)),
    listen: () => Promise.reject(new ExpectedError('refused', 'refused')),
    closed,
    close() {
      open = false;
      for (const child of children) end(child);
      close(undefined);
    },
  };
}

function channelOf(child: ChildProcess): Channel {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('no streams');
  return {
    stdin,
    stdout,
    stderr,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal: signal?.slice(3) ?? null }));
    }),
    resize: () => undefined,
    // As many servers do.
    signal: () => undefined,
    close() {
      // As sshd: the streams go, the process only when it notices.
      stdin.destroy();
      stdout.destroy();
      stderr.destroy();
    },
  };
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
