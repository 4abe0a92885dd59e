import * as net from 'node:net';
import * as os from 'node:os';
import * as l10n from '@vscode/l10n';
import type { HostOptions } from '../options';

/** 'web01', or 'web01 (10.0.0.7), port 2222': what a person needs to know which host is meant. */
export function hostLabel({ alias, hostName, port }: HostOptions): string {
  const name = alias === hostName ? alias : `${alias} (${hostName})`;
  return port === 22 ? name : l10n.t('{0}, port {1}', name, port);
}

/** '10.0.0.7:22', '[::1]:22' */
export function addressText(host: string, port: number): string {
  return net.isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** '~/.ssh/id_ed25519' */
export function shortPath(file: string): string {
  const home = os.homedir();
  return file.startsWith(`${home}/`) ? `~${file.slice(home.length)}` : file;
}

/** Text from a server for one line of a message: no control characters, no more than `max`. */
export function oneLine(text: string, max = 300): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > max ? `${line.slice(0, max)}…` : line;
}
