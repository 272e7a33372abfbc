/** Compressed inputs as streams of bytes: gzip, and the members of a zip file (which a workbook is, too). */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ImporterError } from '../../errors.js';

/** Bytes asked for at once; larger blocks are no faster, and cost memory. */
export const READ_BLOCK_BYTES = 64 * 1024;
/** A zip bomb is about 1000 to 1; tables of contacts compress 3 to 20 times, extremely repetitive ones 100 times. */
const MAX_EXPANSION = 250;
/** Below this much output the ratio isn't looked at: a small file of blank rows is harmless. */
const EXPANSION_FREE_BYTES = 64 * 1024 * 1024;
/** More members than this is no export of contacts, and listing them would take memory. */
const MAX_MEMBERS = 10_000;

/** A file on disk and what messages call it. */
export interface PackedFile {
  readonly path: string;
  readonly displayName: string;
}

/** A workbook is a zip file, and nobody who has one thinks of it so. */
const WORKBOOK_NAME = /\.(?:xlsx|xlsm|xlsb|ods|numbers)$/i;

function damaged({ displayName }: PackedFile, format: string, cause: unknown): ImporterError {
  if (cause instanceof ImporterError) return cause;
  if (WORKBOOK_NAME.test(displayName)) {
    return new ImporterError('file_unreadable', `${displayName} is a workbook that is damaged or cut off.`, {
      next: 'Get it again, or let a spreadsheet open and repair it, and save it anew.',
      cause,
    });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ImporterError(
    'file_unreadable',
    `${displayName} is damaged or cut off: it can't be unpacked (${reason}).`,
    {
      next: `Get the ${format} file again, or unpack it and import the CSV.`,
      cause,
    },
  );
}

/** Lets chunks through until they have grown beyond what a table can expand to. */
async function* guarded(chunks: AsyncIterable<Buffer>, file: PackedFile, packedBytes: number): AsyncGenerator<Buffer> {
  let unpackedBytes = 0;
  for await (const chunk of chunks) {
    unpackedBytes += chunk.length;
    if (unpackedBytes > EXPANSION_FREE_BYTES && unpackedBytes > packedBytes * MAX_EXPANSION) {
      throw new ImporterError(
        'file_unreadable',
        `${file.displayName} unpacks to more than ${MAX_EXPANSION} times its size, which no table does.`,
        { next: 'Unpack it and look at it; the CSV itself can be imported.' },
      );
    }
    yield chunk;
  }
}

/**
 * The unpacked bytes of a gzip file.
 * @throws ImporterError `file_unreadable` where it is damaged, cut off or a bomb
 */
export async function* readGzip(packed: PackedFile, packedBytes: number): AsyncGenerator<Buffer> {
  const file = createReadStream(packed.path, { highWaterMark: READ_BLOCK_BYTES });
  const gunzip = createGunzip({ chunkSize: READ_BLOCK_BYTES });
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  try {
    yield* guarded(gunzip as AsyncIterable<Buffer>, packed, packedBytes);
  } catch (error) {
    throw damaged(packed, 'gzip', error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

async function openZip(packed: PackedFile): Promise<ZipFile> {
  try {
    const { openPromise } = (await import('yauzl')).default;
    return await openPromise(packed.path, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw damaged(packed, 'zip', error);
  }
}

async function* entriesOf(zip: ZipFile, packed: PackedFile): AsyncGenerator<Entry> {
  let seen = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      seen += 1;
      if (seen > MAX_MEMBERS) {
        throw new ImporterError('file_unreadable', `${packed.displayName} holds more than ${MAX_MEMBERS} files.`);
      }
      yield entry;
    }
  } catch (error) {
    throw damaged(packed, 'zip', error);
  }
}

/**
 * The names of a zip's members, folders left out, in the archive's order.
 * @throws ImporterError `file_unreadable`
 */
export async function listMembers(packed: PackedFile): Promise<string[]> {
  const zip = await openZip(packed);
  try {
    const names: string[] = [];
    for await (const entry of entriesOf(zip, packed)) {
      if (!entry.fileName.endsWith('/')) names.push(entry.fileName);
    }
    return names;
  } finally {
    zip.close();
  }
}

/**
 * The unpacked bytes of one member of a zip file.
 * @throws ImporterError `file_unreadable` where it isn't there, is encrypted, damaged or a bomb
 */
export async function* readMember(packed: PackedFile, member: string): AsyncGenerator<Buffer> {
  const zip = await openZip(packed);
  try {
    for await (const entry of entriesOf(zip, packed)) {
      if (entry.fileName !== member) continue;
      if (entry.isEncrypted()) {
        throw new ImporterError('file_unreadable', `${member} in ${packed.displayName} is protected by a password.`, {
          next: 'Unpack it with the password and import the CSV.',
        });
      }
      const stream = await zip.openReadStreamPromise(entry);
      yield* guarded(stream as AsyncIterable<Buffer>, packed, entry.compressedSize);
      return;
    }
    throw new ImporterError('file_unreadable', `${packed.displayName} holds no ${member}.`);
  } catch (error) {
    throw damaged(packed, 'zip', error);
  } finally {
    zip.close();
  }
}

/** What archivers and file systems add on their own. */
function isArchiverNoise(name: string): boolean {
  return name.startsWith('__MACOSX/') || basename(name).startsWith('.');
}

/** Names that tables have. Only which member is read is told by its name; what it is, by its content. */
const TABLE_NAME = /\.(?:csv|tsv|tab|txt|xlsx|xlsm|xlsb|xls|ods|fods|numbers|vcf|json|jsonl|ndjson)$/i;

/**
 * Which member of a zip is the table: the only file, or the only one that is named like a table.
 * @throws ImporterError `file_unreadable` listing the candidates where there are none or several
 */
export function tableMember(displayName: string, members: readonly string[]): string {
  const files = members.filter((name) => !isArchiverNoise(name));
  const tables = files.filter((name) => TABLE_NAME.test(name));
  const candidates = tables.length > 0 ? tables : files;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const shown = candidates.slice(0, 10).join(', ') + (candidates.length > 10 ? ', …' : '');
  throw new ImporterError(
    'file_unreadable',
    tables.length > 1
      ? `${displayName} holds ${tables.length} tables: ${shown}.`
      : `${displayName} holds no table${shown === '' ? '' : `, only ${shown}`}.`,
    { next: tables.length > 1 ? 'Unpack it and import one of them.' : 'Unpack it and import what is inside.' },
  );
}

/**
 * Unpacks every member, keeping none: for readers that unpack by themselves, and would believe what a bomb says of its size.
 * @returns the bytes that they come to
 * @throws ImporterError `file_unreadable` where they come to more than so many bytes, or are damaged
 */
export async function measureMembers(packed: PackedFile, maxBytes: number): Promise<number> {
  const zip = await openZip(packed);
  let bytes = 0;
  try {
    for await (const entry of entriesOf(zip, packed)) {
      if (entry.isEncrypted()) continue;
      const stream = await zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          throw new ImporterError(
            'file_unreadable',
            `${packed.displayName} unpacks to more than ${maxBytes / 2 ** 20} MiB, which is too large to be read whole.`,
            { next: 'Save it as .xlsx or as "CSV UTF-8", which may be of any size.' },
          );
        }
      }
    }
  } catch (error) {
    throw damaged(packed, 'workbook', error);
  } finally {
    zip.close();
  }
  return bytes;
}
