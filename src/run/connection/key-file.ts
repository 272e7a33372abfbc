/** What a file holds that is said to hold a key. */
import { open, stat } from 'node:fs/promises';
import { editedText } from '../../storage/edited-text.js';
import { readPipe } from '../../source/opening/pipe.js';

/** A little more than any key: /dev/zero has no end. */
export const MOST_KEY_BYTES = 4096;

/** The writer of a named pipe may still have to start; one without would hold a nightly run for ever. */
const PIPE_PATIENCE_MS = 10_000;

/**
 * The text of a file, or of what a pipe gives, such as that of `<(pass clarky)`: all of it, or more than a key can be.
 * @param signal ends the wait for who writes into a pipe
 * @throws the system's error; an Error that says so where nobody writes into a pipe; the signal's reason
 */
export async function readKeyFile(
  path: string,
  signal?: AbortSignal,
  pipePatienceMs = PIPE_PATIENCE_MS,
): Promise<string> {
  const isPipe = (await stat(path)).isFIFO();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of isPipe ? readPipe(path, untilGivenUp(pipePatienceMs, signal)) : blocksOf(path)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_KEY_BYTES) break;
  }
  return editedText(Buffer.concat(chunks));
}

function untilGivenUp(ms: number, stop: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort(new Error(`it is a pipe, and nobody wrote into it for ${ms / 1000} s`));
  setTimeout(giveUp, ms).unref();
  return stop === undefined ? controller.signal : AbortSignal.any([stop, controller.signal]);
}

async function* blocksOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_KEY_BYTES + 1), 0, null, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
