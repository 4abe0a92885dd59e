import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { IpAddress } from '../../../../src/features/ip/core/address';
import { inspect } from '../../../../src/features/ip/core/inspect';
import type { IpInspection } from '../../../../src/features/ip/core/inspection';
import { parse } from '../../../../src/features/ip/core/parse';
import type { Parsed, Subject } from '../../../../src/features/ip/core/parsed';

export function parsed(text: string): Parsed {
  const result = parse(text);
  assert.ok(result.kind === 'parsed', `${text}: ${result.kind === 'refused' ? result.reason : ''}`);
  return result;
}

export function parsedSubject(text: string): Subject {
  return parsed(text).subject;
}

export function addressOf(text: string): IpAddress {
  const subject = parsedSubject(text);
  assert.ok(subject.kind === 'address', text);
  return subject.address;
}

export function inspected(text: string): IpInspection {
  return inspect(parsed(text));
}

export function refusal(text: string): string {
  const result = parse(text);
  assert.ok(result.kind === 'refused', `${text} was not refused`);
  return result.reason;
}

const bits = (count: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: (1n << BigInt(count)) - 1n });

/** Single groups are often zero, so that runs of zeros occur. */
export const anyIpv6Value = fc
  .array(fc.oneof(fc.constant(0n), bits(16)), { minLength: 8, maxLength: 8 })
  .map((parts) => parts.reduce((value, part) => (value << 16n) | part, 0n));

export const anyAddress: fc.Arbitrary<IpAddress> = fc.oneof(
  bits(32).map((value) => ({ version: 4 as const, value })),
  fc.oneof(anyIpv6Value, bits(128)).map((value) => ({ version: 6 as const, value })),
);
