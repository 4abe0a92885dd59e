import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';

/** OpenSSH takes no numbers of more than 16,384 bits. */
const MAX_MPINT_BYTES = 2_048;

/** Reads the data types of RFC 4251, section 5, in order. Throws ExpectedError('invalid-key') at the first wrong byte. */
export class WireReader {
  private position = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.position;
  }

  get ended(): boolean {
    return this.position === this.bytes.length;
  }

  byte(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4));
  }

  uint64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  /** A view into the bytes, not a copy. */
  string(): Uint8Array {
    const length = this.uint32();
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A string for people or of names: UTF-8 without NUL. */
  text(): string {
    const bytes = this.string();
    if (bytes.includes(0)) throw damaged();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }

  /** A number that is not negative, as its bytes without zeros in front. */
  mpint(): Uint8Array {
    const bytes = this.string();
    if (((bytes[0] ?? 0) & 0x80) !== 0) throw damaged();
    const start = bytes.findIndex((byte) => byte !== 0);
    const digits = start === -1 ? bytes.subarray(0, 0) : bytes.subarray(start);
    if (bytes.length > MAX_MPINT_BYTES + 1 || digits.length > MAX_MPINT_BYTES) throw damaged();
    return digits;
  }

  expectEnd(): void {
    if (!this.ended) throw damaged();
  }

  private advance(length: number): number {
    const start = this.position;
    if (length > this.bytes.length - start) throw damaged();
    this.position = start + length;
    return start;
  }
}

export function damaged(): ExpectedError {
  return new ExpectedError('invalid-key', l10n.t('This is no valid SSH public key: it is cut short or damaged.'));
}

/** As a string of RFC 4251. */
export function wireString(value: Uint8Array | string): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** As an mpint of RFC 4251, from bytes without zeros in front. */
export function wireNumber(digits: Uint8Array): Buffer {
  const signed = ((digits[0] ?? 0) & 0x80) !== 0;
  return wireString(signed ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

/** Of a number given as its bytes without zeros in front. */
export function bitLength(digits: Uint8Array): number {
  return digits.length === 0 ? 0 : (digits.length - 1) * 8 + (32 - Math.clz32(digits[0] ?? 0));
}
