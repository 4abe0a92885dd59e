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
      const framing = new Framing((packet, further) => packets.push(Buffer.concat([packet, ...further])));
      const all = Buffer.concat(sent);
      for (let at = 0; at < all.length; at += size) framing.push(all.subarray(at, at + size));
      assert.deepEqual(
        packets,
        sent.map((packet) => packet.subarray(4)),
      );
    });
  }

  it('hand content on where it lies, and put small pieces of it together', () => {
    const counts: number[] = [];
    const chunks = new Set<ArrayBufferLike>();
    const framing = new Framing((packet, further) => {
      counts.push(1 + further.length);
      if (further.length > 0) assert.ok([packet, ...further].every(({ buffer }) => chunks.has(buffer)));
    });
    const data = packetOf(PACKET.DATA, uint32(content.length), content);
    for (const size of [32_768, 100]) {
      for (let at = 0; at < data.length; at += size) {
        const chunk = Buffer.from(new Uint8Array(data.subarray(at, at + size)).buffer);
        chunks.add(chunk.buffer);
        framing.push(chunk);
      }
    }
    assert.deepEqual(counts, [4, 1]);
  });

  it('are refused when their content ends before it should, or one is too long', () => {
    const further = [Buffer.from('bc')];
    assert.deepEqual(new Cursor(Buffer.concat([uint32(3), Buffer.from('a')]), further).parts().map(String), [
      'a',
      'bc',
    ]);
    assert.deepEqual(new Cursor(Buffer.concat([uint32(2), Buffer.from('a')]), further).parts().map(String), ['a', 'b']);
    assert.throws(() => new Cursor(Buffer.concat([uint32(4), Buffer.from('a')]), further).parts(), MalformedPacket);
    assert.throws(() => new Framing(() => undefined).push(uint32(1_000_000)), MalformedPacket);
  });
});
