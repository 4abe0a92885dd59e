import { encode, framed, uint32, type Field } from './wire';

/** Message numbers of RFC 4254, 9. */
export const MESSAGE = {
  open: 90,
  openConfirmation: 91,
  openFailure: 92,
  windowAdjust: 93,
  data: 94,
  extendedData: 95,
  eof: 96,
  close: 97,
  request: 98,
  success: 99,
  failure: 100,
} as const;

/** What the other side may send before we have read it. */
export const WINDOW_BYTES = 2_097_152;
const MAX_PACKET_BYTES = 32_768;
/** An unencrypted packet, its length and its length of padding (none) before it. */
function packet(message: number, ...fields: readonly Field[]): Buffer {
  return framed(Buffer.concat([Buffer.of(0, message), encode(...fields)]));
}

/** The fields after the common ones are those of the type of channel, already encoded. */
export function openPacket(ownId: number, type: string, more: Uint8Array): Buffer {
  const common = encode(type, ownId, WINDOW_BYTES, MAX_PACKET_BYTES);
  return framed(Buffer.concat([Buffer.of(0, MESSAGE.open), common, more]));
}

export function requestPacket(theirId: number, name: string, wantsReply: boolean, ...fields: readonly Field[]): Buffer {
  return packet(MESSAGE.request, theirId, name, wantsReply, ...fields);
}

export function dataPacket(theirId: number, bytes: Uint8Array): Buffer {
  const head = Buffer.concat([uint32(10 + bytes.length), Buffer.of(0, MESSAGE.data), uint32(theirId)]);
  return Buffer.concat([head, uint32(bytes.length), bytes]);
}

export function adjustPacket(theirId: number, bytes: number): Buffer {
  return packet(MESSAGE.windowAdjust, theirId, bytes);
}

export function plainPacket(message: 'eof' | 'close' | 'failure', theirId: number): Buffer {
  return packet(MESSAGE[message], theirId);
}
