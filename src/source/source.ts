/** Opens what the user named: a file, a pipe or standard input; told apart by its first bytes, never by its name. */
import { createReadStream, type BigIntStats } from 'node:fs';
import { mkdtemp, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImporterError } from '../errors.js';
import { listMembers, READ_BLOCK_BYTES, readGzip, readMember, tableMember } from './archive.js';

export type SourceKind = 'text' | 'gzip' | 'zip' | 'xlsx';

/** What tells that a file is still the one that was opened. */
export interface Fingerprint {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

export interface Source {
  /** The file that is read; a private temporary one where the input came through a pipe. */
  readonly path: string;
  /** What messages call it: the path as given, or "standard input". */
  readonly displayName: string;
  readonly kind: SourceKind;
  /** Bytes on disk, as packed. */
  readonly size: number;
  readonly fingerprint: Fingerprint;
  /** The name of the table inside a zip file. */
  readonly member?: string;
  /** The table's bytes, unpacked (of an .xlsx: the file's own), from the start; each call reads anew. */
  readBytes(): AsyncGenerator<Buffer>;
  /** True where the file was edited, cut or replaced since it was opened. */
  changedSince(): Promise<boolean>;
  /** Removes the temporary file, if there is one. Can be called twice. */
  dispose(): Promise<void>;
}

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /** What is read where the path is `-`. */
  readonly stdin?: AsyncIterable<Buffer | string> | undefined;
}

function requireStdin(stdin: OpenOptions['stdin']): AsyncIterable<Buffer | string> {
  if (stdin) return stdin;
  throw new ImporterError('usage', 'The file is - but there is no standard input to read.', {
    next: 'Name a file, or hand over a stream as `stdin`.',
  });
}

function unreadable(name: string, cause: unknown): ImporterError {
  if (cause instanceof ImporterError) return cause;
  const errno = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    return new ImporterError('file_not_found', `${name} doesn't exist.`, { next: 'Check the path.', cause });
  }
  const reason =
    errno === 'EACCES' || errno === 'EPERM'
      ? 'you are not allowed to read it'
      : cause instanceof Error
        ? cause.message
        : String(cause);
  return new ImporterError('file_unreadable', `${name} can't be read: ${reason}.`, { cause });
}

const fingerprintOf = (stats: BigIntStats): Fingerprint => ({
  size: Number(stats.size),
  mtimeNs: stats.mtimeNs,
  ino: stats.ino,
});

/** Copies a stream that can be read only once into a file readable by its owner alone. */
async function spool(input: AsyncIterable<Buffer | string>, signal: AbortSignal | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clarky-contacts-'));
  let file: FileHandle | undefined;
  try {
    const path = join(folder, 'input');
    file = await open(path, 'wx', 0o600);
    for await (const chunk of input) {
      signal?.throwIfAborted();
      await file.writeFile(chunk);
    }
    return path;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await file?.close();
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const startsWith = (head: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => head[index] === byte);

async function classify(path: string, name: string): Promise<{ kind: SourceKind; member?: string }> {
  const head = await firstBytes(path);
  if (startsWith(head, 0x1f, 0x8b)) return { kind: 'gzip' };
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) {
    throw new ImporterError(
      'file_unreadable',
      `${name} is an old Excel workbook (.xls) or another old or password-protected Office file.`,
      { next: 'Open it in a spreadsheet and save it as .xlsx or as "CSV UTF-8".' },
    );
  }
  if (head.toString('latin1').startsWith('%PDF-')) {
    throw new ImporterError('file_unreadable', `${name} is a PDF, not a table.`, { next: 'Export it as CSV.' });
  }
  if (!startsWith(head, 0x50, 0x4b, 0x03, 0x04) && !startsWith(head, 0x50, 0x4b, 0x05, 0x06)) return { kind: 'text' };
  const members = await listMembers({ path, displayName: name });
  if (members.includes('[Content_Types].xml') && members.some((member) => /^xl\/.*\.xml$/.test(member))) {
    return { kind: 'xlsx' };
  }
  return { kind: 'zip', member: tableMember(name, members) };
}

async function* readText(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: READ_BLOCK_BYTES });
  for await (const chunk of stream) yield chunk as Buffer;
}

/**
 * Opens the input. Standard input (`-`) and named pipes are first copied to a private temporary file (mode 0600), since
 * the table is read more than once; `dispose` removes it.
 * @throws ImporterError `file_not_found`, `file_unreadable` in one sentence that names the input
 */
export async function openSource(path: string, options: OpenOptions = {}): Promise<Source> {
  const { signal } = options;
  const name = path === '-' ? 'standard input' : path;
  let spooled: string | undefined;
  const dispose = async (): Promise<void> => {
    if (spooled !== undefined) await rm(join(spooled, '..'), { recursive: true, force: true });
  };
  try {
    if (path === '-') spooled = await spool(requireStdin(options.stdin), signal);
    else {
      const stats = await stat(path);
      if (stats.isDirectory()) throw new ImporterError('file_unreadable', `${name} is a folder, not a file.`);
      if (!stats.isFile()) spooled = await spool(createReadStream(path) as AsyncIterable<Buffer>, signal);
    }
    const actualPath = spooled ?? path;
    const fingerprint = fingerprintOf(await stat(actualPath, { bigint: true }));
    const { kind, member } = await classify(actualPath, name);
    const packed = { path: actualPath, displayName: name };
    const read = {
      text: () => readText(actualPath),
      xlsx: () => readText(actualPath),
      gzip: () => readGzip(packed, fingerprint.size),
      zip: () => readMember(packed, member ?? ''),
    }[kind];
    return {
      path: actualPath,
      displayName: name,
      kind,
      size: fingerprint.size,
      fingerprint,
      ...(member === undefined ? {} : { member }),
      async *readBytes() {
        try {
          yield* read();
        } catch (error) {
          throw unreadable(name, error);
        }
      },
      async changedSince() {
        const now = await stat(actualPath, { bigint: true }).then(fingerprintOf, () => undefined);
        return now?.size !== fingerprint.size || now.mtimeNs !== fingerprint.mtimeNs || now.ino !== fingerprint.ino;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    if (signal?.aborted) throw error;
    throw unreadable(name, error);
  }
}
