import { lowerCase } from '../../../../machine/ssh/knownHosts/names';

/** What was asked for, as it stands in a line: 'web01', '[web01]:2222'. 'web01:2222' is taken for the latter. */
export function wantedName(text: string): string {
  const [, name, port] = /^([^:[\]]+):(\d{1,5})$/.exec(text) ?? [];
  if (name === undefined || port === undefined) return lowerCase(text.replace(/^\[(.*)\]:22$/, '$1'));
  return Number(port) === 22 ? lowerCase(name) : `[${lowerCase(name)}]:${port}`;
}

export interface NamesAndPort {
  /** Joined by commas. */
  readonly names: string;
  /** null: several. */
  readonly port: number | null;
}

/** '[web01]:2222,[10.0.0.7]:2222' → 'web01,10.0.0.7' and 2222. With several ports all stays as it is. */
export function namesAndPort(hosts: string): NamesAndPort {
  const parts = hosts.split(',').map((part) => /^\[(.*)\]:(\d{1,5})$/.exec(part)?.slice(1) ?? [part, '22']);
  const ports = new Set(parts.map(([, port]) => port));
  if (ports.size > 1) return { names: hosts, port: null };
  return { names: parts.map(([name]) => name).join(','), port: Number([...ports][0] ?? 22) };
}
