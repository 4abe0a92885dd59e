import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../../../lib/errors';
import type { TunnelSpec } from '../../../../machine/tunnel';
import { printTunnelSpec } from '../../../../machine/ssh/tunnels/spec';
import type { TunnelInput } from './inputs';
import { readForward } from './wanted';

export const TUNNEL_KINDS = ['local', 'remote', 'dynamic'] as const satisfies readonly TunnelSpec['kind'][];
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

const entry = z.strictObject({
  name: z.string().trim().min(1),
  host: z.string().trim().min(1),
  local: z.string().exactOptional(),
  remote: z.string().exactOptional(),
  dynamic: z.string().exactOptional(),
  startUp: z.boolean().default(false),
});

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

/** The tunnel, or why it is none. */
function readEntry(value: unknown): SavedTunnel | string {
  const read = entry.safeParse(value);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  const { name, host, startUp } = read.data;
  const kinds = TUNNEL_KINDS.filter((kind) => read.data[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return l10n.t('it needs one of local, remote and dynamic.');
  try {
    const text = read.data[kind] ?? '';
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
