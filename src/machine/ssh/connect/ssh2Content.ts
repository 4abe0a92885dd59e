import { createCipheriv, createSecretKey, KeyObject, randomFillSync, type CipherGCMTypes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { freeMemory } from '../../../lib/freeMemory';
import { memberOf } from './ssh2Private';

/*
 * How ssh2 1.17 encrypts with AES-GCM (RFC 5647, with the name and the framing of OpenSSH's PROTOCOL, 1.6), where its
 * own way costs more than it need. Every access is guarded: what is not as it is here is left to ssh2.
 */

const CHANNEL_DATA = 94;
const LENGTH_BYTES = 4;
/** Length, length of the padding; type, channel and length of the content (RFC 4254, 5.2). */
const HEAD_BYTES = 14;
const BLOCK_BYTES = 16;
const LEAST_PADDING = 4;
const RANDOM_BYTES = 4_096;
/** Of a shorter one a copy costs less. */
const LEAST_UNCOPIED = 8_192;
/** Where the content begins in a packet that was received: the length of the padding comes first. */
const CONTENT_AT = HEAD_BYTES - LENGTH_BYTES;
const MOST_PADDING = 255;
/** Where ssh2 begins to write into a packet that is not to be compressed. */
const PLAIN_START = 5;

/** The sending half of AES-GCM in ssh2. */
interface GcmCipher {
  readonly name: CipherGCMTypes;
  readonly key: KeyObject;
  /** Counted up with every packet. */
  readonly iv: Uint8Array;
  /** Counts a packet, as every cipher does. */
  readonly count: () => void;
}

/**
 * To be called after each key exchange, before the first packet with the new keys. ssh2 makes a cipher of each packet:
 * of bytes Node makes a key each time, which costs more than all the rest of a short packet.
 */
export function keepKeyObjects(client: Client): void {
  const protocol = memberOf(client, '_protocol');
  keepKeyObject(memberOf(protocol, '_cipher'), '_encSSLName', '_encKey');
  keepKeyObject(memberOf(protocol, '_decipher'), '_decipherSSLName', '_decipherKey');
}

function keepKeyObject(holder: unknown, nameMember: string, keyMember: string): void {
  const key = memberOf(holder, keyMember);
  if (typeof holder !== 'object' || holder === null || !Buffer.isBuffer(key)) return;
  if (isGcm(memberOf(holder, nameMember))) Reflect.set(holder, keyMember, createSecretKey(key));
}

/** Whether what comes is decrypted into memory of its own, so that nothing of the chunks is kept. */
export function keepsNoChunks(client: Client): boolean {
  return isGcm(memberOf(memberOf(memberOf(client, '_protocol'), '_decipher'), '_decipherSSLName'));
}

function isGcm(name: unknown): name is CipherGCMTypes {
  return name === 'aes-128-gcm' || name === 'aes-256-gcm';
}

/**
 * Frees the memory of content that was received and that nobody looks at any more: of a long packet, which ssh2
 * decrypted into memory of its own.
 */
export function freeContent(client: Client, { buffer, byteOffset, length }: Buffer): void {
  const padding = buffer.byteLength - byteOffset - length;
  const isAlone = byteOffset === CONTENT_AT && padding <= MOST_PADDING && length >= LEAST_UNCOPIED;
  if (isAlone && keepsNoChunks(client)) freeMemory(buffer);
}

/**
 * From now on the content of channels is encrypted where it lies, with padding that was made for many packets. ssh2 puts
 * each packet together first, and makes its padding, which takes longer than all else of a short one. The socket is the
 * client's, and has been given to it.
 */
export function sendContentUncopied(client: Client, socket: Duplex): void {
  const protocol = memberOf(client, '_protocol');
  const original = memberOf(protocol, 'channelData');
  const padding = randomPadding();
  if (typeof protocol !== 'object' || protocol === null || typeof original !== 'function') return;
  Reflect.set(protocol, 'channelData', (channel: number, content: unknown): void => {
    const cipher = Buffer.isBuffer(content) ? gcmOf(protocol) : null;
    if (cipher === null) Reflect.apply(original, protocol, [channel, content]);
    else if (socket.writable) sendContent(cipher, channel, content as Buffer, padding, socket);
  });
}

/** null while keys are exchanged, with compression, and with every other cipher. */
function gcmOf(protocol: object): GcmCipher | null {
  const cipher = memberOf(protocol, '_cipher');
  const name = memberOf(cipher, '_encSSLName');
  const key = memberOf(cipher, '_encKey');
  const iv = memberOf(cipher, '_encIV');
  const isExchanging = memberOf(protocol, '_kexinit') !== undefined;
  const start = memberOf(memberOf(memberOf(protocol, '_packetRW'), 'write'), 'allocStart');
  if (isExchanging || start !== PLAIN_START || memberOf(cipher, '_dead') !== false || !isGcm(name)) return null;
  if (!(key instanceof KeyObject) || !(iv instanceof Uint8Array) || iv.length !== 12) return null;
  const sequence = memberOf(cipher, 'outSeqno');
  if (typeof cipher !== 'object' || cipher === null || typeof sequence !== 'number') return null;
  return {
    name,
    key,
    iv,
    count: () => void Reflect.set(cipher, 'outSeqno', (sequence + 1) >>> 0),
  };
}

function sendContent(
  { name, key, iv, count }: GcmCipher,
  channel: number,
  content: Buffer,
  paddingFor: (bytes: number) => Buffer,
  socket: Duplex,
): void {
  const padding = paddingFor(HEAD_BYTES - LENGTH_BYTES + content.length);
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32BE(HEAD_BYTES - LENGTH_BYTES + content.length + padding.length, 0);
  head.writeUInt8(padding.length, 4);
  head.writeUInt8(CHANNEL_DATA, 5);
  head.writeUInt32BE(channel, 6);
  head.writeUInt32BE(content.length, 10);
  const gcm = createCipheriv(name, key, iv);
  // At once: whatever happens, no two packets have the same.
  countUp(iv);
  count();
  const length = head.subarray(0, LENGTH_BYTES);
  gcm.setAAD(length);
  const start = head.subarray(LENGTH_BYTES);
  if (content.length < LEAST_UNCOPIED) {
    const all = gcm.update(Buffer.concat([start, content, padding]));
    gcm.final();
    socket.write(Buffer.concat([length, all, gcm.getAuthTag()]));
    return;
  }
  const first = gcm.update(start);
  const middle = gcm.update(content);
  const last = gcm.update(padding);
  gcm.final();
  socket.write(Buffer.concat([length, first]));
  socket.write(middle, (error) => {
    // Of what could not be sent the system may still have it.
    if (error == null && middle.buffer.byteLength === middle.length) freeMemory(middle.buffer);
  });
  socket.write(Buffer.concat([last, gcm.getAuthTag()]));
}

/**
 * So that all after the length is whole blocks (RFC 4253, 6). Random bytes are made for many packets at once: for each
 * they would take longer than a copy of its content. None is used twice.
 */
function randomPadding(): (bytes: number) => Buffer {
  const random = Buffer.alloc(RANDOM_BYTES);
  let used = RANDOM_BYTES;
  return (bytes) => {
    const rest = BLOCK_BYTES - (bytes % BLOCK_BYTES);
    const length = rest < LEAST_PADDING ? rest + BLOCK_BYTES : rest;
    if (used + length > RANDOM_BYTES) {
      randomFillSync(random);
      used = 0;
    }
    used += length;
    return random.subarray(used - length, used);
  };
}

/** The last eight bytes are a number (RFC 5647, 7.1). */
function countUp(iv: Uint8Array): void {
  for (let at = 11; at >= 4; at -= 1) {
    const next = ((iv[at] ?? 0) + 1) & 0xff;
    iv[at] = next;
    if (next !== 0) return;
  }
}
