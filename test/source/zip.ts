/** Writes small zip files, so that archives and workbooks of any content can be tried. */
import { crc32, deflateRawSync } from 'node:zlib';

function header(signature: number, name: Buffer, packed: Buffer, content: Buffer, flags: number): Buffer {
  const central = signature === 0x02014b50;
  const bytes = Buffer.alloc(central ? 46 : 30);
  bytes.writeUInt32LE(signature, 0);
  const at = central ? 2 : 0;
  bytes.writeUInt16LE(20, 4);
  if (central) bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(flags, 6 + at);
  bytes.writeUInt16LE(8, 8 + at);
  bytes.writeUInt32LE(crc32(content), 14 + at);
  bytes.writeUInt32LE(packed.length, 18 + at);
  bytes.writeUInt32LE(content.length, 22 + at);
  bytes.writeUInt16LE(name.length, 26 + at);
  return bytes;
}

/** A zip with these members, in this order; names ending in "/" are folders. `flags` 1 marks them as encrypted. */
export function zipOf(members: Readonly<Record<string, string | Buffer>>, flags = 0): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [memberName, member] of Object.entries(members)) {
    const name = Buffer.from(memberName);
    const content = Buffer.from(member);
    const packed = deflateRawSync(content);
    const local = Buffer.concat([header(0x04034b50, name, packed, content, flags), name, packed]);
    const central = header(0x02014b50, name, packed, content, flags);
    central.writeUInt32LE(offset, 42);
    centrals.push(central, name);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(members).length, 8);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
