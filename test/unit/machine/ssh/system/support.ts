import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { HostOptions } from '../../../../../src/machine/ssh/options';
import { sessionSecrets } from '../../../../../src/machine/ssh/connect/auth/sessionSecrets';
import { systemTransport, type SystemParts } from '../../../../../src/machine/ssh/system/systemTransport';
import type { Channel, Transport } from '../../../../../src/machine/ssh/transport';
import type { AnswerTo, Person, Question } from '../../../../../src/machine/person';
import { NO_SECRETS } from '../../../../support/runContext';
import type { SshServer } from '../../../../support/sshServer';

export const never = new AbortController().signal;

/** What `ssh -G` says of the host of such a server. */
export function optionsFor(server: SshServer, changes: Partial<HostOptions> = {}): HostOptions {
  return {
    alias: server.alias,
    hostName: server.host,
    port: server.port,
    user: server.user,
    addressFamily: 'any',
    bindAddress: null,
    connectTimeoutSeconds: 10,
    proxyJump: [],
    proxyCommand: null,
    identityFiles: [server.keyFile],
    certificateFiles: [],
    identitiesOnly: true,
    identityAgent: null,
    forwardAgent: null,
    pubkeyAuthentication: true,
    passwordAuthentication: true,
    kbdInteractiveAuthentication: true,
    gssapiAuthentication: false,
    preferredAuthentications: [],
    numberOfPasswordPrompts: 3,
    batchMode: false,
    strictHostKeyChecking: 'yes',
    userKnownHostsFiles: [server.knownHostsFile],
    globalKnownHostsFiles: [],
    hostKeyAlias: null,
    hashKnownHosts: false,
    compression: false,
    serverAliveIntervalSeconds: 15,
    serverAliveCountMax: 3,
    rekeyLimit: { bytes: null, seconds: null },
    kexAlgorithms: [],
    ciphers: [],
    macs: [],
    hostKeyAlgorithms: [],
    pubkeyAcceptedAlgorithms: [],
    onlySsh: [],
    setEnv: {},
    sendEnv: [],
    source: 'ssh -G',
    remarks: [],
    ...changes,
  };
}

/** Everything comes from the options, unless a configuration is named. */
export function partsFor(changes: Partial<SystemParts> = {}): SystemParts {
  const secrets = sessionSecrets(NO_SECRETS);
  const onLog = (): void => undefined;
  return { program: 'ssh', configFile: 'none', person: null, secrets, env: process.env, onLog, ...changes };
}

export function connectTo(
  server: SshServer,
  options: Partial<HostOptions> = {},
  parts: Partial<SystemParts> = {},
): Promise<Transport> {
  return systemTransport(optionsFor(server, options), partsFor(parts), never);
}

/** Answers from a list, and keeps what it was asked. */
export class ScriptedPerson implements Person {
  readonly asked: Question[] = [];

  constructor(private readonly answers: readonly (AnswerTo<Question> | null)[]) {}

  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q> | null> {
    const answer = this.answers[this.asked.length] ?? null;
    this.asked.push(question);
    return Promise.resolve(answer as AnswerTo<Q> | null);
  }
}

export async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function run(transport: Transport, line: string, input = ''): Promise<RunOutcome> {
  const channel = await transport.open({ kind: 'exec', line }, never);
  channel.stdin.end(input);
  return outcomeOf(channel);
}

export interface RunOutcome {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function outcomeOf(channel: Channel): Promise<RunOutcome> {
  const [stdout, stderr, ended] = await Promise.all([read(channel.stdout), read(channel.stderr), channel.ended]);
  return { ...ended, stdout: stdout.toString(), stderr: stderr.toString() };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  while (!text.includes('\n')) text += String((await once(stream, 'data'))[0]);
  return text.split('\n')[0] ?? '';
}
