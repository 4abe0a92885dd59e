import type { CheckedHop, CheckedStep, CheckResult } from './schema';

/** What a check comes to, in the terms of whoever has to mend it. */
export type Conclusion =
  | { readonly kind: 'reached'; readonly elapsedMs: number }
  | { readonly kind: 'slow-shell'; readonly shellMs: number; readonly elapsedMs: number }
  | { readonly kind: 'weak'; readonly elapsedMs: number; readonly names: readonly string[] }
  | { readonly kind: 'refused-keys'; readonly hop: CheckedHop; readonly offered: readonly string[] }
  | { readonly kind: 'no-credential'; readonly hop: CheckedHop }
  | { readonly kind: 'failed'; readonly hop: CheckedHop; readonly step: CheckedStep }
  | { readonly kind: 'nothing' };

/** A login shell that takes longer than the half of everything, and longer than this, is what makes the host slow. */
const SLOW_SHELL_MS = 500;

/*
 * Names that OpenSSH no longer offers by itself or marks as legacy (its release notes 6.7, 7.0, 8.8, 9.0): SHA-1 in
 * signatures and key exchange with 1,024-bit groups, CBC modes, RC4, 3DES, MD5 and cut MACs.
 */
const WEAK = [
  /^ssh-rsa(-cert|$)/,
  /^ssh-dss/,
  /sha1$/,
  /-cbc$/,
  /^arcfour/,
  /^hmac-md5/,
  /-96(-etm|@|$)/,
  /^umac-64(@|$)/,
  /^rijndael/,
];

export function isWeak(name: string): boolean {
  return WEAK.some((pattern) => pattern.test(name));
}

export function conclude({ hops, totalMs }: CheckResult): Conclusion {
  const hop = hops.at(-1);
  if (hop === undefined) return { kind: 'nothing' };
  const failed = hop.steps.find(({ state }) => state === 'failed');
  if (failed !== undefined) return concludeFailure(hop, failed);
  const shellMs = hop.steps.find(({ kind, state }) => kind === 'shell' && state === 'ok')?.elapsedMs ?? 0;
  if (shellMs > SLOW_SHELL_MS && shellMs > totalMs / 2) return { kind: 'slow-shell', shellMs, elapsedMs: totalMs };
  const weak = hops.flatMap(({ algorithms }) =>
    algorithms === null ? [] : [algorithms.kex, algorithms.hostKey, algorithms.cipher, algorithms.mac].filter(isWeak),
  );
  if (weak.length > 0) return { kind: 'weak', elapsedMs: totalMs, names: [...new Set(weak)] };
  return { kind: 'reached', elapsedMs: totalMs };
}

function concludeFailure(hop: CheckedHop, step: CheckedStep): Conclusion {
  if (step.kind !== 'authentication') return { kind: 'failed', hop, step };
  const offered = hop.tries.filter(({ method, outcome }) => method === 'publickey' && outcome === 'refused');
  if (offered.length > 0) return { kind: 'refused-keys', hop, offered: offered.map(({ credential }) => credential) };
  const real = hop.tries.filter(({ method, outcome }) => method !== 'none' && outcome !== 'skipped');
  return real.length === 0 ? { kind: 'no-credential', hop } : { kind: 'failed', hop, step };
}
