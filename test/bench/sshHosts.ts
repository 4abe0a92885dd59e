import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { startSshServer, type SshServer } from '../support/sshServer';

/** One sshd on loopback under many names; ours and every peer read the same ssh_config. */
export interface SshHosts {
  readonly server: SshServer;
  readonly configFile: string;
  /** One a line, as pssh takes it. */
  readonly hostsFile: string;
  readonly names: readonly string[];
  stop(): Promise<void>;
}

/** sshd listens on no more addresses than this. */
const ADDRESSES = 16;

export async function startSshHosts(count: number): Promise<SshHosts> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-bench-home-'));
  const addresses = Array.from({ length: ADDRESSES }, (_, index) => `127.0.0.${index + 1}`);
  const server = await startSshServer({
    config: [
      'LogLevel INFO',
      'MaxStartups 1000',
      // A shell that starts at once, for all: what the present user's start files do is not to be measured.
      `SetEnv HOME=${home}`,
      ...addresses.slice(1).map((address) => `ListenAddress ${address}`),
    ],
  });
  const inside = (name: string): string => path.join(server.folder, name);
  const names = Array.from({ length: count }, (_, index) => `bench${String(index + 1).padStart(3, '0')}`);
  const addressOf = (index: number): string => addresses[index % ADDRESSES] ?? '';
  const known = fs.readFileSync(server.knownHostsFile, 'utf8');
  const knownOf = (address: string): string => known.replaceAll('127.0.0.1', address);
  fs.writeFileSync(inside('bench_known_hosts'), addresses.map(knownOf).join(''));
  fs.writeFileSync(inside('bench_hosts'), `${names.join('\n')}\n`);
  const common = fs
    .readFileSync(server.configFile, 'utf8')
    .replace(`Host ${server.alias}`, 'Host bench*')
    .replace(/^HostName .*\n/m, '')
    .replace(server.knownHostsFile, inside('bench_known_hosts'));
  const own = names.map((name, index) => `Host ${name}\nHostName ${addressOf(index)}\n`);
  fs.writeFileSync(inside('bench_config'), `${own.join('')}${common}`);
  return {
    server,
    configFile: inside('bench_config'),
    hostsFile: inside('bench_hosts'),
    names,
    stop: async () => {
      await server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
