/** Finds out what a file is, through archives: its form, and how its bytes are got at. */
import { ImporterError } from '../../errors.js';
import { listMembers, readMember, tableMember, type PackedFile } from './archive.js';
import { LOOK_BYTES, lookAt } from './first-look.js';
import type { FileForm } from './form.js';
import { OLE_STREAMS, ZIP_DOCUMENTS, type Stranger } from './strangers.js';

/** How the table's bytes lie in the file. */
export type Packing =
  | { readonly kind: 'plain' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'zip'; readonly member: string };

export interface Recognised {
  /** `zip` where the packed bytes are a zip themselves, as workbooks are: they must be unpacked and looked at again. */
  readonly form: FileForm | 'zip';
  readonly packing: Packing;
}

const PLAIN: Packing = { kind: 'plain' };

function refusal(displayName: string, { what, how }: Stranger, is = 'is'): ImporterError {
  return new ImporterError('file_unreadable', `${displayName} ${is} ${what}: it holds no table that can be read.`, {
    next: how,
  });
}

async function headOf(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let length = 0;
  for await (const block of bytes) {
    blocks.push(block);
    length += block.length;
    if (length >= LOOK_BYTES) break;
  }
  return Buffer.concat(blocks).subarray(0, LOOK_BYTES);
}

/** Old Office files hold streams; their names stand in UTF-16 in a directory that may be anywhere in the file. */
async function recogniseOle(displayName: string, bytes: AsyncIterable<Buffer>): Promise<FileForm> {
  const names = OLE_STREAMS.map((entry) => ({ entry, pattern: Buffer.from(entry.stream, 'utf16le') }));
  let carry = Buffer.alloc(0);
  for await (const block of bytes) {
    const text = Buffer.concat([carry, block]);
    const found = names.find(({ pattern }) => text.includes(pattern));
    if (found !== undefined) throw refusal(displayName, found.entry);
    carry = Buffer.from(text.subarray(Math.max(0, text.length - 64)));
  }
  return 'whole-workbook';
}

async function mimetypeOf(packed: PackedFile): Promise<string> {
  return (await headOf(readMember(packed, 'mimetype'))).toString('latin1').trim();
}

/** What kind of document a zip file is; undefined for a zip file in its own right. */
async function recogniseZip(packed: PackedFile, members: readonly string[]): Promise<FileForm | undefined> {
  const has = (pattern: RegExp): boolean => members.some((member) => pattern.test(member));
  if (members.includes('[Content_Types].xml') && has(/^xl\/.*\.xml$/) && !has(/^xl\/workbook\.bin$/)) return 'xlsx';
  if (has(/^xl\/workbook\.bin$/)) return 'whole-workbook';
  const document = ZIP_DOCUMENTS.find(({ member }) => has(member));
  if (document !== undefined) throw refusal(packed.displayName, document);
  if (has(/^Index\/.*\.iwa$|^Index\.zip$|^index\.(?:apxl|xml)(?:\.gz)?$/)) {
    if (has(/^Index\/.*\.iwa$/)) return 'whole-workbook';
    throw refusal(packed.displayName, {
      what: 'an old Apple Numbers, Pages or Keynote document',
      how: 'Open it in Numbers and export it as CSV (File, Export To, CSV).',
    });
  }
  if (!members.includes('mimetype')) return undefined;
  const mimetype = await mimetypeOf(packed);
  if (mimetype.includes('opendocument.spreadsheet')) return 'ods';
  if (!mimetype.includes('opendocument')) return undefined;
  throw refusal(packed.displayName, {
    what: mimetype.includes('text') ? 'a text document (.odt)' : 'an OpenDocument file without cells',
    how: 'Copy its table into a spreadsheet and save that as CSV.',
  });
}

/** What packed bytes are: a second archive inside the first is not opened. */
async function recogniseInside(
  { displayName }: PackedFile,
  packing: Packing,
  read: (packing: Packing) => AsyncIterable<Buffer>,
): Promise<Recognised> {
  const look = lookAt(await headOf(read(packing)));
  if (look.kind === 'stranger') throw refusal(displayName, look.stranger, 'is an archive with');
  if (look.kind === 'gzip') {
    throw new ImporterError('file_unreadable', `${displayName} is an archive inside an archive.`, {
      next: 'Unpack it and import the table that is inside.',
    });
  }
  if (look.kind === 'zip') return { form: 'zip', packing };
  if (look.kind === 'ole') return { form: await recogniseOle(displayName, read(packing)), packing };
  return { form: look.form, packing };
}

/**
 * Finds out what a file is.
 * @param read the bytes, unpacked in a manner
 * @throws ImporterError `file_unreadable` with what the file is, where it is no table
 */
export async function recognise(
  packed: PackedFile,
  read: (packing: Packing) => AsyncIterable<Buffer>,
): Promise<Recognised> {
  const look = lookAt(await headOf(read(PLAIN)));
  switch (look.kind) {
    case 'stranger':
      throw refusal(packed.displayName, look.stranger);
    case 'form':
      return { form: look.form, packing: PLAIN };
    case 'ole':
      return { form: await recogniseOle(packed.displayName, read(PLAIN)), packing: PLAIN };
    case 'gzip':
      return recogniseInside(packed, { kind: 'gzip' }, read);
    case 'zip': {
      const members = await listMembers(packed);
      const form = await recogniseZip(packed, members);
      if (form !== undefined) return { form, packing: PLAIN };
      return recogniseInside(packed, { kind: 'zip', member: tableMember(packed.displayName, members) }, read);
    }
  }
}
