/** Reads a file of lines with constant memory, whatever its size. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ImporterError } from '../errors.js';

/** What is read at once of a long file, and of one that may be short. */
const CHUNK_BYTES = 1 << 20;
const FIRST_CHUNK_BYTES = 1 << 16;
const NEWLINE = 10;
const BLOCK_BYTES = 1 << 16;
/** The longest line that we write is a contact of the workspace with its notes; a text of 512 MB can't be held at all. */
const MOST_LINE_BYTES = 64 << 20;

/** A whole line of the file; a torn last line is never given out. */
export interface Line {
  /** One character a byte: of a line with other than ASCII, `textOf` gives the text. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Offset of its first byte. */
  readonly startByte: number;
  /** Offset just behind the line's newline, in bytes. */
  readonly endByte: number;
}

/** What stands behind the last newline. */
export interface Tail {
  readonly tail: string;
}

const ASCII = /^[\x00-\x7f]*$/;

/** The text of a line's bytes. */
export function textOf(bytes: string): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString();
}

/**
 * Calls `visit` for each whole line, in order.
 * @param fromByte where the first of them begins
 * @throws ImporterError `bad_checkpoint` where a line is longer than any of ours, or the file can't be read
 */
export async function forEachLine(
  file: FileHandle,
  path: string,
  visit: (line: Line) => void,
  fromByte = 0,
): Promise<Tail> {
  let chunk = Buffer.allocUnsafe(FIRST_CHUNK_BYTES);
  let carry = '';
  let number = 0;
  let position = fromByte;
  let startByte = fromByte;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position).catch((error: unknown) => {
      throw new ImporterError('bad_checkpoint', `${path} can't be read.`, { cause: error });
    });
    if (bytesRead === 0) return { tail: carry };
    let from = 0;
    for (;;) {
      const at = chunk.subarray(0, bytesRead).indexOf(NEWLINE, from);
      if (at < 0) break;
      const text = carry + chunk.toString('latin1', from, at);
      carry = '';
      number++;
      const endByte = position + at + 1;
      visit({ text, number, startByte, endByte });
      startByte = endByte;
      from = at + 1;
    }
    carry += chunk.toString('latin1', from, bytesRead);
    if (carry.length > MOST_LINE_BYTES) throw tooLong(path, number + 1);
    position += bytesRead;
    if (chunk.length < CHUNK_BYTES && bytesRead === chunk.length) chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  }
}

function tooLong(path: string, line: number): ImporterError {
  return new ImporterError(
    'bad_checkpoint',
    `${path} was not written by clarky-contacts: line ${line} has more than ${MOST_LINE_BYTES >> 20} MB. It was left as it is.`,
    { next: 'Move that file away, or name another checkpoint with --checkpoint.' },
  );
}

/** Single lines of a file of ours, each by where it begins: those that stand near each other are read at once. */
export class LinesAt {
  readonly #read: (into: Buffer, position: number) => number;
  #block = Buffer.alloc(0);
  #blockAt = 0;

  /** @param read fills the buffer from a position on, and says with how many bytes */
  constructor(read: (into: Buffer, position: number) => number) {
    this.#read = read;
  }

  /** The line that begins there; undefined where there is none, or it is longer than a block. */
  get(position: number): string | undefined {
    const held = this.#lineInBlock(position);
    if (held !== undefined) return held;
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.#block = block.subarray(0, this.#read(block, position));
    this.#blockAt = position;
    return this.#lineInBlock(position);
  }

  #lineInBlock(position: number): string | undefined {
    const from = position - this.#blockAt;
    if (from < 0 || from >= this.#block.length) return undefined;
    const end = this.#block.indexOf(NEWLINE, from);
    return end < 0 ? undefined : textOf(this.#block.toString('latin1', from, end));
  }
}

/** Reads on in a file that was closed, so long as it is the same one: it may have been written anew. */
export function rereader(path: string, ino: number): (into: Buffer, position: number) => number {
  return (into, position) => {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      return fstatSync(file).ino === ino ? readSync(file, into, 0, into.length, position) : 0;
    } catch {
      return 0;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}
