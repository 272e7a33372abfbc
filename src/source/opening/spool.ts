/** Private copies of what can be read only once, or only from a file: standard input, pipes, workbooks inside archives. */
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ImporterError } from '../../errors.js';
import { reasonOf } from '../../storage/failures.js';
import { makePrivateFolder } from '../../storage/private-folder.js';
import { HopelessWatch } from './hopeless.js';
import { heeding } from './pipe.js';

/** No list of contacts comes near it; an endless input (/dev/zero) stops here instead of filling the disk. */
const MAX_SPOOLED_BYTES = 2 * 1024 * 1024 * 1024;

export interface SpoolOptions {
  /** What messages call the input. */
  readonly displayName: string;
  readonly signal?: AbortSignal | undefined;
  readonly maxBytes?: number | undefined;
}

/** A copy in a folder of its own. */
export interface Spooled {
  readonly path: string;
  /** Removes copy and folder; can be called twice. */
  dispose(): Promise<void>;
}

function tooLong(displayName: string, maxBytes: number): ImporterError {
  const size = maxBytes >= 2 ** 30 ? `${maxBytes / 2 ** 30} GiB` : `${Math.round(maxBytes / 2 ** 20)} MiB`;
  return new ImporterError(
    'file_unreadable',
    `${displayName} does not end within ${size}: no list of contacts is so long.`,
    {
      next: 'Check what is read, or split it and import the parts.',
    },
  );
}

function noRoom(displayName: string, folder: string, cause: unknown): ImporterError {
  const what = `The private copy of ${displayName} can't be written in ${dirname(folder)}: ${reasonOf(cause)}.`;
  const next = 'Make room there, or name another folder in the environment variable TMPDIR.';
  return new ImporterError('storage_failed', what, { next, cause });
}

/**
 * Copies a stream into a file that only its owner can read.
 * @throws ImporterError `file_unreadable` where it does not end within the bound; the signal's reason
 */
export async function spool(input: AsyncIterable<Buffer | string>, options: SpoolOptions): Promise<Spooled> {
  const { displayName, signal, maxBytes = MAX_SPOOLED_BYTES } = options;
  const folder = await makePrivateFolder('input');
  const dispose = (): Promise<void> => folder.remove();
  let file: FileHandle | undefined;
  try {
    const path = join(folder.path, 'input');
    file = await open(path, 'wx', 0o600);
    let bytes = 0;
    const hopeless = new HopelessWatch(displayName);
    for await (const chunk of heeding(input, signal)) {
      const block = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += block.length;
      hopeless.watch(block);
      if (bytes > maxBytes) throw tooLong(displayName, maxBytes);
      await file.writeFile(block).catch((error: unknown) => {
        throw noRoom(displayName, folder.path, error);
      });
    }
    return { path, dispose };
  } catch (error) {
    await dispose();
    throw error;
  } finally {
    await file?.close();
  }
}
