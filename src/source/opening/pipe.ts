/** Input that may be long in coming: a named pipe that nobody writes into yet, standard input that stands idle. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { READ_BLOCK_BYTES } from './archive.js';

/** How often a pipe is looked at that has nothing to give. */
const LOOK_EVERY_MS = 25;

/** Gives up an input at once where the signal says so, whatever it is waiting for. @throws the signal's reason */
export async function* heeding<Chunk>(
  input: AsyncIterable<Chunk>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk> {
  if (signal === undefined) {
    yield* input;
    return;
  }
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  const iterator = input[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), stopped]);
      if (next === undefined) throw signal.reason;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // A stream that still waits would keep the process alive.
    if (signal.aborted && input instanceof Readable) input.destroy();
  }
}

/**
 * Reads a named pipe without ever blocking a thread: one that is stuck in an `open` that nobody answers can't be ended.
 * @param path of a FIFO; of `/dev/fd/63` and the like too
 */
export async function* readPipe(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  // The pipe of `<(command)` has had its writer from the start: when it has none, it has ended.
  let hasBegun = /^\/(dev\/fd|proc\/)/.test(path);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const block = Buffer.allocUnsafe(READ_BLOCK_BYTES);
      const bytes = await file.read(block, 0, block.length, null).then(
        ({ bytesRead }) => bytesRead,
        (error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
          throw error;
        },
      );
      if (bytes !== undefined && bytes > 0) {
        hasBegun = true;
        yield block.subarray(0, bytes);
      } else if (bytes === 0 && hasBegun) return;
      else await pause(LOOK_EVERY_MS);
    }
  } finally {
    await file.close();
  }
}
