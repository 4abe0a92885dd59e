import type { DeltaOptions } from './delta';

type Delta = (left: readonly string[], right: readonly string[], options: DeltaOptions) => Iterable<string>;

export interface BytesOptions extends Pick<DeltaOptions, 'context'> {
  readonly leftName?: Uint8Array;
  readonly rightName?: Uint8Array;
  readonly leftDate?: Uint8Array;
  readonly rightDate?: Uint8Array;
  readonly lineEnd?: Uint8Array;
}

/**
 * Makes unifiedDiff or contextDiff compare lines of bytes in no or in several encodings: each byte is kept as it is.
 * Same meaning as Python's diff_bytes.
 */
export function* diffBytes(
  delta: Delta,
  left: readonly Uint8Array[],
  right: readonly Uint8Array[],
  { context, ...texts }: BytesOptions = {},
): Generator<Buffer> {
  const options: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(texts)) options[name] = asText(bytes);
  const lines = delta(left.map(asText), right.map(asText), {
    ...options,
    ...(context === undefined ? {} : { context }),
  });
  for (const line of lines) yield Buffer.from(line, 'latin1');
}

/** Every byte as the character of its number. */
function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
