import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { TunnelSpec } from '../../../../machine/tunnel';
import { printTunnelSpec } from '../../../../machine/ssh/tunnels/spec';
import type { TunnelInput } from './inputs';
import { readForward } from './wanted';

export const TUNNEL_KINDS = ['local', 'remote', 'dynamic'] as const satisfies readonly TunnelSpec['kind'][];
const MEMBERS: readonly string[] = ['name', 'host', 'startUp', ...TUNNEL_KINDS];
const FLAGS = { local: '-L', remote: '-R', dynamic: '-D' } as const;

/** A tunnel that is kept under a name, whether it is open or not. */
export interface SavedTunnel {
  /** Unique. */
  readonly name: string;
  readonly host: string;
  readonly spec: TunnelSpec;
  /** As it was written. */
  readonly text: string;
  /** It is opened when VS Code starts. */
  readonly startUp: boolean;
}

export interface SavedTunnels {
  readonly tunnels: readonly SavedTunnel[];
  /** One sentence for each entry that is not understood; such entries are left as they are. */
  readonly problems: readonly string[];
}

/** The value of the setting opsdeck.ssh.tunnels, written by whomever. */
export function readSaved(value: unknown): SavedTunnels {
  const tunnels: SavedTunnel[] = [];
  const problems: string[] = [];
  for (const [index, one] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
    const read = readEntry(one);
    if (typeof read === 'string') problems.push(l10n.t('Entry {0}: {1}', index + 1, read));
    else if (tunnels.some(({ name }) => name === read.name))
      problems.push(l10n.t('Entry {0}: the name “{1}” is there twice.', index + 1, read.name));
    else tunnels.push(read);
  }
  return { tunnels, problems };
}

/** The tunnel, or why it is none. By hand: a schema would make the editor wait for its library when the view is drawn. */
function readEntry(value: unknown): SavedTunnel | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return l10n.t('it is not an object with a name and a host.');
  }
  const members = new Map<string, unknown>(Object.entries(value));
  const strange = [...members.keys()].find((name) => !MEMBERS.includes(name));
  if (strange !== undefined) return l10n.t('“{0}” is not known.', strange);
  const textOf = (name: string): string => {
    const text = members.get(name);
    return typeof text === 'string' ? text.trim() : '';
  };
  const [name, host, startUp = false] = [textOf('name'), textOf('host'), members.get('startUp')];
  if (name === '' || host === '') return l10n.t('it needs a name and a host.');
  if (typeof startUp !== 'boolean') return l10n.t('startUp is true or false.');
  const kinds = TUNNEL_KINDS.filter((kind) => members.has(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return l10n.t('it needs one of local, remote and dynamic.');
  const text = members.get(kind);
  if (typeof text !== 'string') return l10n.t('{0} is a text, as after {1}.', kind, `ssh ${FLAGS[kind]}`);
  try {
    return { name, host, spec: readForward(kind, text).spec, text, startUp };
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

/** As it stands in the setting. */
export function entryOf({ name, host, spec, text, startUp }: SavedTunnel): Readonly<Record<string, unknown>> {
  return { name, host, [spec.kind]: text, ...(startUp ? { startUp } : {}) };
}

/** Why the name cannot be; null where it can. */
export function nameRefusal(name: string, others: readonly string[]): string | null {
  if (name.trim() === '') return l10n.t('A name is needed.');
  return others.includes(name.trim()) ? l10n.t('There is a tunnel of this name already.') : null;
}

/** What the tool is asked, always spelt in the same way: who looks at the same tunnel shares it. */
export function inputOf({ host, spec, text }: SavedTunnel): TunnelInput {
  return { host, spec: `${FLAGS[spec.kind]} ${text}` };
}

/** Whether it is the same tunnel still, whatever it is called. */
export function isSame(one: SavedTunnel, other: SavedTunnel): boolean {
  return JSON.stringify(inputOf(one)) === JSON.stringify(inputOf(other));
}

/** 'db:5432 via bastion', with a number where the name is taken. */
export function proposedName({ spec, host }: Pick<SavedTunnel, 'spec' | 'host'>, others: readonly string[]): string {
  const subject =
    spec.kind === 'dynamic' ? 'SOCKS' : printTunnelSpec({ kind: 'dynamic', listen: spec.target }).replace(/\\/g, '');
  const name = l10n.t('{0} via {1}', /^\d+$/.test(subject) ? `localhost:${subject}` : subject, host);
  for (let count = 1; ; count++) {
    const proposal = count === 1 ? name : `${name} ${count}`;
    if (!others.includes(proposal)) return proposal;
  }
}
