import * as assert from 'node:assert/strict';
import { crc32, deflateRawSync } from 'node:zlib';
import { readZip } from '../../../src/build/zip';

interface Entry {
  readonly name: string;
  readonly content: string;
  /** 0 stored, 8 deflated (APPNOTE 4.4.5). */
  readonly method: number;
}

/** Local header and directory record of an entry, up to the fields that differ. */
function recordsOf(entry: Entry, offset: number): { readonly local: Buffer; readonly directory: Buffer } {
  const plain = Buffer.from(entry.content);
  const packed = entry.method === 8 ? deflateRawSync(plain) : plain;
  const name = Buffer.from(entry.name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(entry.method, 4);
  common.writeUInt32LE(crc32(plain), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(plain.length, 18);
  common.writeUInt16LE(name.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, packed]),
    directory: Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, name]),
  };
}

function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directories: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, directory } = recordsOf(entry, offset);
    locals.push(local);
    directories.push(directory);
    offset += local.length;
  }
  const directory = Buffer.concat(directories);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}

describe('readZip', () => {
  it('reads stored and deflated entries and leaves folders out', () => {
    const files = readZip(
      zipOf([
        { name: 'extension/', content: '', method: 0 },
        { name: 'extension/package.json', content: '{ "name": "opsdeck" }', method: 8 },
        { name: 'extension/说明.txt', content: 'plain', method: 0 },
      ]),
    );
    assert.deepEqual(
      [...files].map(([name, content]) => [name, content.toString()]),
      [
        ['extension/package.json', '{ "name": "opsdeck" }'],
        ['extension/说明.txt', 'plain'],
      ],
    );
  });

  it('refuses what is no archive, and what is compressed in another way', () => {
    assert.throws(() => readZip(Buffer.from('plain text')), /not a ZIP/);
    assert.throws(() => readZip(zipOf([{ name: 'a', content: 'b', method: 12 }])), /compression 12/);
  });
});
