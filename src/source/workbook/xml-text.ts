/** An XML part of a workbook as UTF-8, whichever encoding it says that it is in. */
import { ImporterError } from '../../errors.js';
import { readMember, type PackedFile } from '../opening/archive.js';

/** So many bytes hold any declaration. */
const HEAD_BYTES = 256;
const DECLARED = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/;

/** Reads a part of a packed workbook. @throws ImporterError `file_unreadable` */
export function readXml(packed: PackedFile, member: string): AsyncGenerator<Buffer> {
  return asUtf8(readMember(packed, member), packed.displayName);
}

/** @throws ImporterError `file_unreadable` for what means nothing in the encoding that it says; bytes that are no UTF-8 are left to the parser */
export async function* asUtf8(chunks: AsyncIterable<Buffer>, displayName: string): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let decode = (bytes: Buffer): Buffer => bytes;
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield decode(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decode = await decoding(head, displayName);
    yield decode(head);
    head = undefined;
  }
  if (head !== undefined) yield (await decoding(head, displayName))(head);
}

async function decoding(head: Buffer, displayName: string): Promise<(bytes: Buffer) => Buffer> {
  const named = encodingOf(head);
  if (/^(?:utf-?8|us-ascii|ascii)$/i.test(named)) return (bytes) => bytes;
  const [{ default: iconv }, { decoderFor }] = await Promise.all([
    import('iconv-lite'),
    import('../encoding/codec.js'),
  ]);
  if (!iconv.encodingExists(named)) throw unreadable(displayName, named);
  const decoder = decoderFor(named);
  return (bytes) => {
    const text = decoder.write(bytes);
    if (text.includes('\ufffd')) throw unreadable(displayName, named);
    return Buffer.from(text, 'utf8');
  };
}

function encodingOf(head: Buffer): string {
  const start = head.subarray(0, 2).toString('latin1');
  if (start === '\xff\xfe' || start === '<\0') return 'utf-16le';
  if (start === '\xfe\xff' || start === '\0<') return 'utf-16be';
  return (
    DECLARED.exec(
      head
        .subarray(0, HEAD_BYTES)
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    )?.[1] ?? 'utf-8'
  );
}

function unreadable(displayName: string, named: string): ImporterError {
  return new ImporterError(
    'file_unreadable',
    `${displayName} says that its XML is ${named}, and can't be read as that.`,
    {
      next: 'Open it in a spreadsheet and save it again, or save the sheet as "CSV UTF-8".',
    },
  );
}
