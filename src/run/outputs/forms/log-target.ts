/** What the lines of a log go into: a file at once; a pipe or a device as it takes them, which may be never. */
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { isWrittenThrough, openForLines } from '../../../storage/replacement.js';

export interface LogTarget {
  write(line: string): void;
  /** True while so much waits to be read that nothing more is to be added. */
  isFull(): boolean;
  /** @param failed it can't be written on: nothing is waited for */
  close(failed: boolean): Promise<void>;
}

const MOST_WAITING_BYTES = 16 * 1024 * 1024;
/** A reader that takes nothing for so long does not read any more. */
const READER_GONE_MS = 5000;
const READER_LOOKED_AT_MS = 20;

/**
 * @param path `-` for standard error
 * @param onError called where it can't be written on
 * @throws ImporterError `not_writable`
 */
export async function openLogTarget(path: string, onError: (cause: unknown) => void): Promise<LogTarget> {
  if (path === '-') {
    process.stderr.on('error', onError);
    const close = (): Promise<void> => Promise.resolve(void process.stderr.off('error', onError));
    return { ...throughStream(process.stderr), close };
  }
  const file = await openForLines(path);
  if (await isWrittenThrough(path)) {
    const stream = new Writable({
      write: (line: Buffer, _, done) =>
        void writeAll(file, line).then(() => {
          done();
        }, done),
    });
    stream.on('error', onError);
    const close = async (failed: boolean): Promise<void> => {
      if (!failed) await untilRead(stream);
      stream.destroy();
      await file.close().catch(() => undefined);
    };
    return { ...throughStream(stream), close };
  }
  // Synchronous: what is logged survives any end of the process, kill -9 included.
  const destination = pino.destination({ fd: file.fd, sync: true });
  destination.on('error', onError);
  return {
    write: (line) => void destination.write(line),
    isFull: () => false,
    close: async (failed) => {
      if (!failed) destination.flushSync();
      await file.close();
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += (await file.write(bytes, at)).bytesWritten);
}

function throughStream(stream: Writable): Pick<LogTarget, 'write' | 'isFull'> {
  return {
    write: (line) => void stream.write(line),
    isFull: () => stream.writableLength > MOST_WAITING_BYTES,
  };
}

/** Waits while somebody reads. */
async function untilRead(stream: Writable): Promise<void> {
  let waiting = stream.writableLength;
  for (let sinceMs = 0; waiting > 0 && !stream.destroyed && sinceMs < READER_GONE_MS; sinceMs += READER_LOOKED_AT_MS) {
    await sleep(READER_LOOKED_AT_MS);
    if (stream.writableLength < waiting) sinceMs = 0;
    waiting = stream.writableLength;
  }
}
