/** Opens what the user named: a file, a pipe or standard input; told apart by its first bytes, never by its name. */
import { createReadStream, fstatSync, type BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { ImporterError } from '../../errors.js';
import { hasErrno } from '../../storage/failures.js';
import { READ_BLOCK_BYTES, readGzip, readMember } from './archive.js';
import { addressInWords, isAddress } from '../../address.js';
import type { Validators } from './download.js';
import type { FileForm } from './form.js';
import { refusingNuls } from './hopeless.js';
import { nearFile } from './near-file.js';
import { readPipe } from './pipe.js';
import type { SourceRecord } from '../record.js';
import { recognise, type Packing, type Recognised } from './recognise.js';
import { spool, type Spooled } from './spool.js';

/** What tells that a file is still the one that was opened. */
export interface Fingerprint {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

/** The files of one list, in their order. */
export interface Members {
  /** As each was named. */
  readonly names: readonly string[];
  /** By what its rows are told. */
  readonly called: readonly string[];
  /** What its columns are called in the list. */
  readonly headers: readonly (readonly string[])[];
  /** The first records of each, their cells by the columns of the list. */
  readonly samples: readonly (readonly SourceRecord[])[];
}

export interface Source {
  /** The file that is read; a private temporary one where the input came through a pipe or out of an archive. */
  readonly path: string;
  /** What messages call it: the path as given, or "standard input". */
  readonly displayName: string;
  readonly form: FileForm;
  /** Bytes on disk, as packed. */
  readonly size: number;
  /** The name of the table inside a zip file. */
  readonly member?: string;
  /** By what the server of an address knows again what it gave. */
  readonly validators?: Validators;
  /** Of several files that are one list. */
  readonly members?: Members | undefined;
  /** The table's bytes, unpacked (of an .xlsx: the file's own), from the start; each call reads anew. */
  readBytes(): AsyncGenerator<Buffer>;
  /** True where the file was edited, cut or replaced since it was opened. */
  changedSince(): Promise<boolean>;
  /** The first of its files that is not there any more, as messages call it; undefined where all are. */
  goneSince(): Promise<string | undefined>;
  /** Removes the temporary file, if there is one. Can be called twice. */
  dispose(): Promise<void>;
}

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /** What is read where the path is `-`. */
  readonly stdin?: AsyncIterable<Buffer | string> | undefined;
}

function requireStdin(stdin: OpenOptions['stdin']): AsyncIterable<Buffer | string> {
  if (stdin && isFolder(stdin)) throw new ImporterError('file_unreadable', 'Standard input is a folder, not a file.');
  if (stdin) return stdin;
  throw new ImporterError('usage', 'The file is - but there is no standard input to read.', {
    next: 'Name a file, or hand over a stream as `stdin`.',
  });
}

/** A shell hands a folder over as well (`- < exports`); it gives nothing. */
function isFolder(input: object): boolean {
  return 'fd' in input && typeof input.fd === 'number' && fstatSync(input.fd).isDirectory();
}

/** The system's own, which are regular files by what they say of themselves: some have no end, some keep whoever reads them. */
async function isOfTheSystem(path: string): Promise<boolean> {
  return /^\/(?:proc|sys)\//.test(await realpath(path));
}

async function unreadable(name: string, cause: unknown): Promise<ImporterError> {
  if (cause instanceof ImporterError) return cause;
  const errno = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    const near = await nearFile(name);
    const next = near === undefined ? 'Check the path.' : `Did you mean ${near}?`;
    return new ImporterError('file_not_found', `${name} doesn't exist.`, { next, cause });
  }
  const reason = REASONS[String(errno)] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ImporterError('file_unreadable', `${name} can't be read: ${reason}.`, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you are not allowed to read it',
  EPERM: 'you are not allowed to read it',
  ELOOP: 'it is a link that leads in circles',
  ENAMETOOLONG: 'its path is too long for the file system',
  EIO: 'the disk fails',
};

/**
 * Looks whether an input is there, before anything is asked for that only its import needs.
 * @throws ImporterError as `openSource` where it is not
 */
export async function requireThere(path: string): Promise<void> {
  if (path === '-' || isAddress(path)) return;
  await stat(path).catch(async (cause: unknown) => {
    throw await unreadable(path, cause);
  });
}

/** @throws Error for an archive, which `recognise` has opened by then */
function tableForm(form: Recognised['form']): FileForm {
  if (form === 'zip') throw new Error('an archive was left unopened');
  return form;
}

const fingerprintOf = (stats: BigIntStats): Fingerprint => ({
  size: Number(stats.size),
  mtimeNs: stats.mtimeNs,
  ino: stats.ino,
});

async function* readFileBytes(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: READ_BLOCK_BYTES });
  for await (const chunk of stream) yield chunk as Buffer;
}

function readPacked(path: string, displayName: string, size: number, packing: Packing): AsyncGenerator<Buffer> {
  const packed = { path, displayName };
  if (packing.kind === 'gzip') return readGzip(packed, size);
  if (packing.kind === 'zip') return readMember(packed, packing.member);
  return readFileBytes(path);
}

/** A copy, and by what its origin knows it again. */
interface Copied extends Spooled {
  readonly validators?: Validators | undefined;
}

async function copyOf(path: string, name: string, options: OpenOptions): Promise<Copied | undefined> {
  const { signal } = options;
  if (path === '-') return spool(requireStdin(options.stdin), { displayName: name, signal });
  if (isAddress(path)) {
    const { download } = await import('./download.js');
    let validators: Validators | undefined;
    const copy = await spool(
      download(path, signal, (told) => (validators = told)),
      { displayName: name, signal },
    );
    return { ...copy, validators };
  }
  const stats = await stat(path);
  if (stats.isDirectory())
    throw new ImporterError('file_unreadable', `${name} is a folder, not a file.`, { next: 'Name one of its files.' });
  if (stats.isSocket()) throw new ImporterError('file_unreadable', `${name} is a socket, not a file.`);
  if (stats.isFile() && (await isOfTheSystem(path))) {
    throw new ImporterError('file_unreadable', `${name} is a file of the system, not a list of contacts.`);
  }
  if (stats.isFile()) return undefined;
  if (stats.isFIFO()) return spool(readPipe(path, signal), { displayName: name, signal });
  // A device that can't be opened fails before anybody reads: who reads then is told.
  const input: AsyncIterable<Buffer> = createReadStream(path).on('error', () => undefined);
  return spool(input, { displayName: name, signal });
}

/** What an unpacked zip is. @throws ImporterError `file_unreadable` where it is yet another archive */
async function recogniseUnpacked(path: string, displayName: string): Promise<Recognised> {
  const inside = await recognise({ path, displayName }, () => readFileBytes(path));
  if (inside.packing.kind === 'plain') return inside;
  throw new ImporterError('file_unreadable', `${displayName} is an archive inside an archive.`, {
    next: 'Unpack it and import the table that is inside.',
  });
}

/**
 * Opens the input. Standard input (`-`), named pipes and what an address gives are first copied to a private temporary file (mode 0600), since
 * the table is read more than once, and so is a workbook inside an archive; `dispose` removes the copies.
 * @throws ImporterError `file_not_found`, `file_unreadable` in one sentence that names the input
 */
export async function openSource(path: string, options: OpenOptions = {}): Promise<Source> {
  const { signal } = options;
  const name = path === '-' ? 'standard input' : isAddress(path) ? addressInWords(path) : path;
  const copies: Spooled[] = [];
  const dispose = async (): Promise<void> => {
    for (const copy of copies) await copy.dispose();
  };
  try {
    const copy = await copyOf(path, name, options);
    if (copy !== undefined) copies.push(copy);
    const given = copy?.path ?? path;
    const fingerprint = fingerprintOf(await stat(given, { bigint: true }));
    const recognised = await recognise({ path: given, displayName: name }, (packing) =>
      readPacked(given, name, fingerprint.size, packing),
    );
    const unpack = (): AsyncGenerator<Buffer> => readPacked(given, name, fingerprint.size, recognised.packing);
    const unpacked = recognised.form === 'zip' ? await spool(unpack(), { displayName: name, signal }) : undefined;
    if (unpacked !== undefined) copies.push(unpacked);
    const form = unpacked === undefined ? recognised.form : (await recogniseUnpacked(unpacked.path, name)).form;
    const read = unpacked === undefined ? unpack : () => readFileBytes(unpacked.path);
    return {
      path: unpacked?.path ?? given,
      displayName: name,
      form: tableForm(form),
      size: fingerprint.size,
      ...(copy?.validators === undefined ? {} : { validators: copy.validators }),
      ...(recognised.packing.kind === 'zip' ? { member: recognised.packing.member } : {}),
      async *readBytes() {
        try {
          yield* refusingNuls(read(), name);
        } catch (error) {
          throw await unreadable(name, error);
        }
      },
      async changedSince() {
        const now = await stat(given, { bigint: true }).then(fingerprintOf, () => undefined);
        return now?.size !== fingerprint.size || now.mtimeNs !== fingerprint.mtimeNs || now.ino !== fingerprint.ino;
      },
      goneSince: () =>
        stat(given).then(
          () => undefined,
          (error: unknown) => (hasErrno(error, 'ENOENT', 'ENOTDIR') ? name : undefined),
        ),
      dispose,
    };
  } catch (error) {
    await dispose();
    if (signal?.aborted) throw error;
    throw await unreadable(name, error);
  }
}
