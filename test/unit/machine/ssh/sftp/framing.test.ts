import * as assert from 'node:assert/strict';
import { Cursor, MalformedPacket } from '../../../../../src/machine/ssh/sftp/cursor';
import { Framing } from '../../../../../src/machine/ssh/sftp/framing';
import { PACKET } from '../../../../../src/machine/ssh/sftp/protocol';

/** A packet with its length field. */
function packetOf(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from([type, 0, 0, 0, 7]), ...parts]);
  return Buffer.concat([uint32(body.length), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
const sent = [
  packetOf(PACKET.STATUS, uint32(0)),
  packetOf(PACKET.DATA, uint32(content.length), content),
  packetOf(PACKET.HANDLE, uint32(4), Buffer.from('hand')),
  packetOf(PACKET.DATA, uint32(3), Buffer.from('end')),
];

describe('packets of SFTP', () => {
  for (const size of [1, 3, 13, 2_047, 2_048, 4_099, 32_768, 1_000_000]) {
    it(`come as they were sent, in chunks of ${size} bytes`, () => {
      const packets: Buffer[] = [];
      const framing = new Framing((packet) => packets.push(packet));
      const all = Buffer.concat(sent);
      for (let at = 0; at < all.length; at += size) framing.push(all.subarray(at, at + size));
      assert.deepEqual(
        packets,
        sent.map((packet) => packet.subarray(4)),
      );
    });
  }

  it('are handed on where they lie when a chunk has the whole of them, and it says so', () => {
    const packets: Buffer[] = [];
    const framing = new Framing((packet) => packets.push(packet));
    const [short = Buffer.of(), long = Buffer.of()] = sent;
    const chunks = [Buffer.concat([short, long.subarray(0, 50_000)]), Buffer.from(long.subarray(50_000))];
    assert.deepEqual(
      chunks.map((chunk) => framing.push(chunk)),
      [true, false],
    );
    assert.deepEqual(
      packets.map(({ buffer }) => chunks.some((chunk) => chunk.buffer === buffer)),
      [true, false],
    );
    assert.equal(packets[1]?.buffer.byteLength, long.length - 4);
  });

  it('are refused when a field ends after they do, or one is too long', () => {
    assert.equal(String(new Cursor(Buffer.concat([uint32(1), Buffer.from('ab')])).string()), 'a');
    assert.throws(() => new Cursor(Buffer.concat([uint32(3), Buffer.from('ab')])).string(), MalformedPacket);
    assert.throws(() => new Framing(() => undefined).push(uint32(1_000_000)), MalformedPacket);
  });
});
