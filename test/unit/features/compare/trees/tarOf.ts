export interface TarOf {
  readonly name: string;
  readonly type?: string;
  readonly linkName?: string;
  readonly content?: string;
}

/** A tar archive as no program would write it. */
export function tarOf(...members: readonly TarOf[]): Buffer {
  const parts = members.flatMap(({ content = '', ...member }) => {
    const bytes = Buffer.from(content);
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    return [tarHeaderOf({ ...member, sizeBytes: bytes.length }), bytes, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(1_024)]);
}

export function tarHeaderOf(member: Omit<TarOf, 'content'> & { readonly sizeBytes: number }): Buffer {
  const { name, type = '0', linkName = '', sizeBytes } = member;
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  // Base 256, as GNU tar has it for what is too large for octal digits.
  header.writeUInt8(0x80, 108);
  header.writeUInt32BE(3_000_000_000, 112);
  header.write('0000000\0', 116);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.fill(0x20, 148, 156);
  header.write(type, 156);
  header.write(linkName, 157);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
