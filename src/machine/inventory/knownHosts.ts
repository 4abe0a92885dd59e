import { isIP } from 'node:net';

/** A host in a known_hosts file whose name can be read. */
export interface KnownName {
  readonly name: string;
  /** null: the usual one. */
  readonly port: number | null;
  /** From 1. */
  readonly line: number;
}

/**
 * The names in a known_hosts file (SSH_KNOWN_HOSTS FILE FORMAT in sshd(8)) that stand for one host: not hashed, no
 * pattern, no authority and no revoked key. Where a line has a name and addresses, the name stands for them.
 */
export function readKnownNames(text: string): readonly KnownName[] {
  const names: KnownName[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const fields = content.trim().split(/\s+/u);
    const [hosts = ''] = fields;
    if (fields.length < 3 || /^[#@|]/u.test(hosts)) continue;
    const found = hosts.split(',').flatMap((entry) => nameOf(entry, index + 1));
    const named = found.filter(({ name }) => isIP(name) === 0);
    names.push(...(named.length > 0 ? named : found.slice(0, 1)));
  }
  return names;
}

/** 'host' or '[host]:port'. */
function nameOf(entry: string, line: number): readonly KnownName[] {
  if (entry === '' || /[*?!|]/u.test(entry)) return [];
  const bracketed = /^\[([^[\]]+)\]:(\d{1,5})$/u.exec(entry);
  if (!bracketed) return [{ name: entry, port: null, line }];
  return [{ name: bracketed[1] ?? '', port: Number(bracketed[2]), line }];
}
