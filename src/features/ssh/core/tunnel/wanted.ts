import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { parseTunnelSpec } from '../../../../machine/ssh/tunnels/spec';
import type { TunnelEnd, TunnelSpec } from '../../../../machine/tunnel';

/** A tunnel that somebody wants. */
export interface Wanted {
  readonly spec: TunnelSpec;
  /** The port to listen on is only a proposal: any free one will do. */
  readonly anyPort: boolean;
}

/** Ports below it are root's on Unix (ip_unprivileged_port_start). */
export const FIRST_FREE_PORT = 1_024;
const PORT_STEP = 8_000;
const KINDS: Readonly<Record<string, TunnelSpec['kind']>> = { L: 'local', R: 'remote', D: 'dynamic' };
/** What people write beside, and what goes without saying here. */
const IDLE_WORDS = new Set(['ssh', '-N', '-n', '-T']);

/** Several as after -L, -R or -D, apart by spaces or commas. Throws ExpectedError('invalid-input'). */
export function readForwards(kind: TunnelSpec['kind'], text: string): readonly Wanted[] {
  return wordsOf(text).map((word) => readForward(kind, word));
}

/**
 * What ssh(1) takes, and less: only `host:hostport`, `hostport` (of localhost) or the path of a socket is a target, with
 * its own port to listen on. Throws ExpectedError('invalid-input').
 */
export function readForward(kind: TunnelSpec['kind'], text: string): Wanted {
  try {
    return { spec: parseTunnelSpec(kind, text), anyPort: false };
  } catch (error) {
    if (kind === 'dynamic' || !(error instanceof ExpectedError)) throw error;
    const target = readTarget(text);
    if (target === null) throw ownRefusal(text) ?? error;
    const port = target.kind === 'tcp' ? ownPort(target.port) : 0;
    const listen = { kind: 'tcp', host: 'localhost', port } as const;
    return { spec: { kind, listen, target }, anyPort: kind === 'local' };
  }
}

/** What is wrong with a target alone, where it is written as one; else null. */
function ownRefusal(text: string): ExpectedError | null {
  if (!/^(\[[^\]]*\]|[^:[\]]+):[^:]*$/.test(text.trim())) return null;
  try {
    parseTunnelSpec('local', `0:${text.trim()}`);
    return null;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return new ExpectedError(error.code, error.message.replace('“0:', '“'), { cause: error });
  }
}

/** The same port, or for one that is root's the usual other one: 80 → 8080, 443 → 8443. */
export function ownPort(port: number): number {
  return port < FIRST_FREE_PORT ? PORT_STEP + port : port;
}

/** `host:port`, `port` (of localhost) or the path of a socket; null for anything else. */
export function readTarget(text: string): TunnelEnd | null {
  const word = text.trim();
  try {
    const spec = parseTunnelSpec('local', /^\d+$/.test(word) ? `0:localhost:${word}` : `0:${word}`);
    const { listen } = spec;
    // With more parts than those of a target the zero has become an address.
    const isOurs = listen.kind === 'tcp' && listen.host === 'localhost' && listen.port === 0;
    return spec.kind === 'local' && isOurs ? spec.target : null;
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

/** '-L 8080:db:5432 -D1080'; a word by itself is local. Throws ExpectedError('invalid-input'). */
export function readWords(text: string): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const words = wordsOf(text).filter((word) => !IDLE_WORDS.has(word));
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const isFlag = word.startsWith('-');
    const kind = isFlag ? KINDS[word[1] ?? ''] : 'local';
    const value = !isFlag ? word : word.length > 2 ? word.slice(2) : words.shift();
    if (kind === undefined || value === undefined) throw notUnderstood(word);
    wanted.push(readForward(kind, value));
  }
  return wanted;
}

function notUnderstood(word: string): ExpectedError {
  const message = l10n.t(
    '“{0}” is not understood. Write -L, -R or -D with what belongs to it, for example -L 8080:db:5432.',
    shownPath(word),
  );
  return new ExpectedError('invalid-input', message);
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
