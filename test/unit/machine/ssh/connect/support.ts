import type { Person, Question } from '../../../../../src/machine/person';
import type { ConnectParts, KeptSecrets } from '../../../../../src/machine/ssh/connect/parts';
import type { HostOptions, HostRequest } from '../../../../../src/machine/ssh/options';
import type { SshServer } from '../../../../support/sshServer';

export const never = new AbortController().signal;

export const BARE_OPTIONS: HostOptions = {
  alias: 'peer',
  hostName: '127.0.0.1',
  port: 22,
  user: 'nobody',
  addressFamily: 'any',
  bindAddress: null,
  connectTimeoutSeconds: null,
  proxyJump: [],
  proxyCommand: null,
  identityFiles: [],
  certificateFiles: [],
  identitiesOnly: false,
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
  userKnownHostsFiles: [],
  globalKnownHostsFiles: [],
  hostKeyAlias: null,
  hashKnownHosts: false,
  compression: false,
  serverAliveIntervalSeconds: 0,
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
  source: 'files',
  remarks: [],
};

/** To log in at the server with its key. */
export function optionsFor(server: SshServer, changes: Partial<HostOptions> = {}): HostOptions {
  return {
    ...BARE_OPTIONS,
    alias: server.alias,
    hostName: server.host,
    port: server.port,
    user: server.user,
    identityFiles: [server.keyFile],
    userKnownHostsFiles: [server.knownHostsFile],
    ...changes,
  };
}

/** Options of a host that is no sshd of ours. */
export function optionsAt(port: number, changes: Partial<HostOptions> = {}): HostOptions {
  return { ...BARE_OPTIONS, port, ...changes };
}

export interface TestParts extends ConnectParts {
  readonly asked: Question[];
  readonly kept: Map<string, string>;
  readonly logged: string[];
}

/** `answer` is asked for every question; undefined: there is nobody. */
export function partsWith(
  answer?: (question: Question) => unknown,
  changes: Partial<ConnectParts> & { readonly hosts?: Readonly<Record<string, HostOptions>> } = {},
): TestParts {
  const asked: Question[] = [];
  const kept = new Map<string, string>();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const { hosts = {}, ...rest } = changes;
  return {
    asked,
    kept,
    logged,
    person: answer === undefined ? null : personWith(asked, answer),
    secrets: secretsOf(kept),
    log: { debug: log, info: log, warn: log },
    trusted: () => true,
    system: null,
    now: () => performance.now(),
    resolve: (request: HostRequest) => {
      const found = hosts[request.name];
      if (found === undefined) return Promise.reject(new Error(`no host ${request.name}`));
      return Promise.resolve({ ...found, ...(request.user === undefined ? {} : { user: request.user }) });
    },
    ...rest,
  };
}

function personWith(asked: Question[], answer: (question: Question) => unknown): Person {
  return {
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(answer(question) as never);
    },
  };
}

export function secretsOf(kept: Map<string, string>): KeptSecrets {
  return {
    hold: () => undefined,
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => {
      kept.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      kept.delete(key);
      return Promise.resolve();
    },
  };
}

/** What an error says; fails when there is none. */
export async function failureOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: 'code' in error ? String(error.code) : error.name, message: error.message };
  }
  throw new Error('It did not fail.');
}
